"""The deployed API against the document that it serves, by Schemathesis."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Stack, stack_in
from tests.stack.web.fuzz import fuzz
from tests.support.outside import call

pytestmark = pytest.mark.slow

SEED = 20261121
EXAMPLES = 10


@pytest.fixture(scope="module")
def own_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Nobody else's: what is sent changes surveys."""
    with stack_in(tmp_path_factory.mktemp("fuzzed")) as found:
        yield found


def test_schemathesis_finds_nothing(own_stack: Stack, tmp_path: Path) -> None:
    found = fuzz(own_stack, SEED, EXAMPLES, tmp_path)
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("DELETE", "/v1/health", 405),
        ("POST", "/v1/surveys/it-help-desk/scores", 405),
        ("PUT", "/v1/hooks/zendesk/x", 405),
        ("OPTIONS", "/v1/surveys", 204),
        ("HEAD", "/v1/health", 200),
        ("HEAD", "/v1/tasks", 401),
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1/surveys/a%2Fb", 404),
    ],
)
def test_what_no_route_takes_is_answered_all_the_same(
    stack: Stack, method: str, path: str, status: int
) -> None:
    answer = call(method, stack.api + path)
    assert answer.status == status
    assert ("Allow" in answer.headers) == (status in (204, 405))
    assert (answer.text == "") == (method == "HEAD" or status == 204)
