"""The functions of a stack go back to the versions before. A letter is a release."""

from typing import Any, cast

import pytest

from infra.deploy import Target
from infra.errors import OperatorError
from infra.rollback import rollback_stack
from tests.support.lambda_versions import Versions


def rollback(versions: Versions, only: str = "", dry: bool = False) -> dict[str, int]:
    """The versions that are live then."""
    rollback_stack(cast(Target, versions), only, dry)
    return versions.live


def test_every_function_goes_to_the_version_before() -> None:
    assert rollback(Versions({"api": "abc", "tick": "abc"})) == {"api": 2, "tick": 2}


def test_the_numbers_may_differ() -> None:
    assert rollback(Versions({"api": "abc", "sweep": "bc"})) == {"api": 2, "sweep": 1}


def test_twice_is_two_releases() -> None:
    versions = Versions({"api": "abc", "tick": "abc"})
    rollback(versions)
    assert rollback(versions) == {"api": 1, "tick": 1}


def test_a_dry_run_moves_nothing_and_shows_what_it_would(capsys: Any) -> None:
    assert rollback(Versions({"api": "abc"}), dry=True) == {"api": 3}
    said = capsys.readouterr().out
    assert "nothing was moved" in said
    assert [word for word in said.split() if word in ("c", "b")] == ["c", "b"]


def test_one_function_goes_alone() -> None:
    versions = Versions({"api": "ab", "tick": "ab"})
    assert rollback(versions, "tick") == {"api": 2, "tick": 1}


def test_what_broke_off_in_the_middle_is_finished() -> None:
    versions = Versions({"api": "abc", "tick": "abc"}, live={"api": 2})
    assert rollback(versions) == {"api": 2, "tick": 2}


def test_a_function_that_is_new_stays() -> None:
    assert rollback(Versions({"api": "ab", "new": "b"})) == {"api": 1, "new": 1}


def test_when_there_is_none_before_nothing_moves() -> None:
    versions = Versions({"api": "a", "tick": "a"})
    with pytest.raises(OperatorError, match="no version before the present one of heed-test"):
        rollback(versions)
    assert versions.live == {"api": 1, "tick": 1}


def test_an_unknown_function_is_told_the_known_ones() -> None:
    with pytest.raises(OperatorError, match="There are api, tick"):
        rollback(Versions({"api": "ab", "tick": "ab"}), "ticks")


@pytest.mark.parametrize("status", ["UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS"])
def test_a_deploy_that_goes_on_is_not_disturbed(status: str) -> None:
    versions = Versions({"api": "ab"})
    versions.status = status
    with pytest.raises(OperatorError, match="cancel-update-stack"):
        rollback(versions)
    assert versions.live == {"api": 2}
