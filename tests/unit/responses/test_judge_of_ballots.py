"""The judge on the forms of a sealed ballot: the rules of a named survey, as far as they hold."""

import pytest
from msgspec.structs import replace

from chalicelib.ballots.ballot import Seen
from chalicelib.ballots.cast import Ruling
from chalicelib.responses.judge.of_ballot import rule
from tests.support.ballots import BY_HAND, BY_SCRIPT

WITHOUT_SCRIPT = Seen(client="3")


@pytest.mark.parametrize(
    ("form", "held"),
    [
        (BY_HAND, None),
        (WITHOUT_SCRIPT, None),
        (BY_SCRIPT, "untrusted"),
        (replace(BY_HAND, robot=True), "robot"),
        (replace(BY_HAND, bound=False), "foreign_form"),
        (replace(WITHOUT_SCRIPT, elapsed_ms=150), "too_fast"),
        (replace(WITHOUT_SCRIPT, network="scanner"), "network"),
        (replace(WITHOUT_SCRIPT, network="cloud"), "network"),
        (replace(BY_HAND, network="cloud"), None),
    ],
)
def test_a_form_is_held_for_what_it_shows(form: Seen, held: str | None) -> None:
    assert rule([form], trial=False) == Ruling(0, held)


def test_the_later_of_two_forms_by_hand_stands() -> None:
    assert rule([BY_HAND, replace(BY_HAND, client="phone")], trial=False) == Ruling(1)


@pytest.mark.parametrize("later", [BY_SCRIPT, WITHOUT_SCRIPT, replace(BY_HAND, robot=True)])
def test_what_no_hand_sent_does_not_replace_what_a_hand_did(later: Seen) -> None:
    assert rule([BY_HAND, later], trial=False).stands == 0


def test_a_form_by_hand_replaces_one_that_is_held() -> None:
    assert rule([BY_SCRIPT, BY_HAND], trial=False) == Ruling(1)


def test_in_a_trial_what_a_script_sends_counts() -> None:
    assert rule([BY_SCRIPT], trial=True) == Ruling(0)
