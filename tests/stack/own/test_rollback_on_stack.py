"""A deploy, another one, and the way back, on a stack beside the others."""

import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from infra.deploy import Target, deploy
from infra.errors import OperatorError
from infra.releases import Function, functions_of
from infra.rollback import rollback_stack
from tests.conftest import Stack, stack_in

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with stack_in(tmp_path_factory.mktemp("releases")) as found:
        yield found


@pytest.fixture
def target(own: Stack, monkeypatch: pytest.MonkeyPatch) -> Target:
    for name, value in (("ACCESS_KEY_ID", "test"), ("SECRET_ACCESS_KEY", "test")):
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    return Target("heed", "heed-artefacts", own.endpoint)


def functions(target: Target) -> list[Function]:
    return functions_of(target.stack, target.client)


def live(target: Target) -> set[str]:
    return {function.live.release for function in functions(target)}


def document(stack: Stack) -> int:
    """What everybody gets who asks for the API's document."""
    try:
        with urllib.request.urlopen(f"{stack.api}/v1/openapi.json", timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_every_caller_names_the_alias(own: Stack, target: Target) -> None:
    mappings = own.aws("lambda").list_event_source_mappings()["EventSourceMappings"]
    assert {mapping["FunctionArn"].rpartition(":")[2] for mapping in mappings} == {"live"}
    assert len(functions(target)) == 13


def test_a_deploy_that_changes_nothing_publishes_nothing(own: Stack, target: Target) -> None:
    before = functions(target)
    deploy(target, {"Emulator": "yes"})
    assert functions(target) == before


def test_what_was_deployed_is_taken_back_and_deployed_again(own: Stack, target: Target) -> None:
    first = live(target)
    deploy(target, {"Emulator": "yes", "Docs": "no"})
    second = live(target)
    assert (len(first), len(second), first & second) == (1, 1, set())
    assert document(own) == 404

    rollback_stack(target, "", dry=True)
    assert live(target) == second
    rollback_stack(target, "tick", dry=False)
    behind = [function.name for function in functions(target) if {function.live.release} == first]
    assert behind == ["heed-tick"]
    assert document(own) == 404
    rollback_stack(target, "", dry=False)
    assert live(target) == first
    assert document(own) == 200

    # The same once more: it is what was asked for, so it is what runs.
    deploy(target, {"Emulator": "yes", "Docs": "no"})
    assert document(own) == 404
    # And the way back leads past the release that had been taken back.
    rollback_stack(target, "", dry=False)
    assert live(target) == first
    assert document(own) == 200


def test_there_is_an_end_to_going_back(own: Stack, target: Target) -> None:
    while any(function.before for function in functions(target)):
        rollback_stack(target, "", dry=False)
    with pytest.raises(OperatorError, match="no version before"):
        rollback_stack(target, "", dry=False)
