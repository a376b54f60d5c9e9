"""The states of what is mailed are told in one place."""

import ast
from pathlib import Path

import pytest

from chalicelib.invitations import invitation as life
from chalicelib.invitations.invitation import Reason, Status, Transition, is_queued
from tests.support.samples import NOW, invitation

HOUSE = Path(__file__).parents[2] / "chalicelib"
TOLD_IN = HOUSE / "invitations/invitation.py"


def test_the_transitions_are_those_of_the_mail_room() -> None:
    found = {
        name: (transition.before, transition.after)
        for name, transition in vars(life).items()
        if isinstance(transition, Transition)
    }
    assert found == {
        "QUEUE": ("waiting", "queued"),
        "CLAIM": ("queued", "queued"),
        "SEND": ("queued", "sent"),
        "GIVE_UP": ("queued", "unknown"),
        "SUPPRESS": ("queued", "suppressed"),
        "POSTPONE": ("queued", "waiting"),
    }


def test_a_transition_is_written_as_plain_text() -> None:
    assert (life.SEND.when, life.SEND.set) == ({"status": "queued"}, {"status": "sent"})
    assert type(life.SEND.set["status"]) is str


@pytest.mark.parametrize("status", list(Status))
def test_what_has_gone_out_is_no_longer_to_be_sent(status: Status) -> None:
    made = invitation(status=status)
    assert made.has_gone_out is (status in ("sent", "unknown", "linked"))
    assert made.is_to_be_sent is (status in ("waiting", "queued"))
    assert is_queued({"status": status.value}) is (status == "queued")


def test_what_is_suppressed_waits_for_nothing_and_says_why() -> None:
    silent = invitation(status=Status.WAITING, due_at=NOW).suppressed(Reason.THROTTLED)
    assert (silent.status, silent.reason, silent.due_at) == ("suppressed", "throttled", None)


def test_no_other_file_spells_a_state() -> None:
    # "unknown" is also what is said of mail domains and of numbers.
    spelt = set(Status) - {Status.UNKNOWN}
    spelling = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path in HOUSE.rglob("*.py")
        if path != TOLD_IN
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and node.value in spelt
    ]
    assert spelling == []
