"""make storm notices what is lost, doubled or wrong."""

from typing import Any

from tests.storm.findings import Findings, Left, look_at
from tests.storm.rest import Rest
from tests.storm.told import Press, Told
from tests.storm.world import SURVEY, Mail

ADDRESS = "q1x1z@example.com"
INVITE: dict[str, Any] = {
    "PK": "INVITE#one",
    "SK": "INVITE",
    "id": "one",
    "survey": SURVEY,
    "status": "sent",
    "email": ADDRESS,
    "unknown": 1,
}
MAIL = Mail("m1", ADDRESS, "one", is_follow_up=False)
SAID = Press(9, "words", taken=True)
ANSWER: dict[str, Any] = {
    "PK": "RESPONSE#one",
    "SK": "RESPONSE",
    "id": "one",
    "survey": SURVEY,
    "state": "held",
    "score": 9,
    "comment": "words",
    "changed_at": "t",
}
CHANGE = {"PK": "CHANGE#one", "SK": "CHANGE", "list_sk": "t#one"}


def found(items: Any, mails: Any = (), told: Any = (), lines: Any = ()) -> Findings:
    return look_at(Left(items, mails, lines, Rest(is_calm=True), "key"), told)


def test_a_storm_that_does_not_come_to_rest_is_a_finding() -> None:
    (wrong,) = look_at(Left([], [], [], Rest(), "key"), []).wrong
    assert "did not come to rest" in wrong


def test_what_is_as_it_was_told_is_no_finding() -> None:
    assert not found([INVITE], [MAIL], [Told(ADDRESS, "one", mailed=True)]).count


def test_a_mail_that_nobody_got_and_an_invitation_that_is_not_there_are_lost() -> None:
    assert found([INVITE], []).lost
    assert found([], [], [Told(ADDRESS, "one", mailed=True)]).lost


def test_a_second_mail_is_doubled_unless_the_item_tells_of_two_calls() -> None:
    both = [MAIL, Mail("m2", ADDRESS, "one", is_follow_up=False)]
    assert found([INVITE], both).doubled
    assert not found([{**INVITE, "unknown": 2}], both).count
    assert found([{**INVITE, "unknown": 3}], [*both, Mail("m3", ADDRESS, "one", False)]).doubled


def test_an_answer_that_was_taken_must_be_there_in_its_newest_form() -> None:
    told = Told(None, "one", presses=[Press(3, "earlier", taken=True), SAID])
    counted = {**ANSWER, "state": "settling"}
    assert found([INVITE, ANSWER, CHANGE], [MAIL], [told]).lost  # held, and told as recorded
    for words in ("earlier", None):
        assert found([INVITE, {**counted, "comment": words}, CHANGE], [MAIL], [told]).lost


def test_what_was_never_answered_may_be_there_or_not() -> None:
    told = Told(None, "one", presses=[Press(9, "words")])
    assert not found([INVITE], [MAIL], [told]).lost
    assert not found([INVITE, ANSWER, CHANGE], [MAIL], [told]).lost


def test_an_address_in_the_log_and_a_trace_of_an_erased_person_are_wrong() -> None:
    erased = Told(ADDRESS, "one", may_be_erased=True, erased=True)
    assert found([INVITE], [MAIL], [erased]).wrong
    assert found([], lines=[f"failed for {ADDRESS}"]).wrong


def test_mail_after_an_unsubscription_is_wrong() -> None:
    told = Told(ADDRESS, "one", mailed=True, silent="unsubscribed", asked_later=["two"])
    second = {**INVITE, "PK": "INVITE#two", "id": "two", "status": "suppressed"}
    silent = {**second, "reason": "unsubscribed"}
    assert not found([INVITE, silent], [MAIL], [told]).count
    assert found([INVITE, {**second, "status": "sent"}], [MAIL], [told]).wrong
