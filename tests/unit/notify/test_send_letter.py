"""A letter is sent once, to whom its composer says, and not when there is a reason."""

import email
import email.policy

import pytest

from chalicelib import sent_keys
from chalicelib.errors import MailNotTaken, OutcomeUnknown
from chalicelib.invitations.person_store import PersonStore
from chalicelib.invitations.stop_link import StopLink, find_stop_link
from chalicelib.notify.letter import letter_for
from tests.support.letters import KARI, Letters
from tests.support.mailing import SENDER
from tests.support.samples import KEYS, NOW
from tests.support.ticks import release_due


def test_a_letter_goes_once_to_whom_its_composer_says() -> None:
    letters = Letters()
    assert (letters.send(), letters.send(5)) == ("sent", "settled")
    (sent,) = letters.mailer.sent
    assert sent.recipient == KARI.email
    assert sent.tags == {"letter": letters.letter.id, "kind": "letter", "person": KARI.person}
    assert (letters.item["status"], "list_pk" in letters.item) == ("sent", False)
    assert KARI.email not in str(letters.item)


def test_the_same_letter_is_written_once_and_another_is_another() -> None:
    letters = Letters()
    assert letters.add() is False
    same = letter_for("reminder", "task", {"member": "kari"}, NOW)
    others = [
        letter_for("invitation", "task", {"member": "kari"}, NOW),
        letter_for("reminder", "task", {"member": "olav"}, NOW),
        letter_for("reminder", "task", {"member": "kari"}, NOW, once="again"),
    ]
    assert letters.letter.id == same.id
    assert len({same.id, *(other.id for other in others)}) == 4


def test_a_reason_of_the_composer_stands_on_the_letter() -> None:
    letters = Letters(compose=lambda letter, now: "task_closed")
    assert letters.send() == "suppressed"
    assert (letters.item["reason"], "list_pk" in letters.item) == ("task_closed", False)
    assert letters.mailer.sent == []


@pytest.mark.parametrize("flag", ["bounced", "complained", "erased"])
def test_nobody_is_written_to_whose_mail_comes_back_or_who_was_erased(flag: str) -> None:
    letters = Letters()
    PersonStore(letters.table).mark(KARI.person, flag, NOW)
    assert (letters.send(), letters.item["reason"]) == ("suppressed", flag)


def test_whoever_wants_no_surveys_still_gets_letters() -> None:
    letters = Letters()
    PersonStore(letters.table).mark(KARI.person, "unsubscribed", NOW)
    assert letters.send() == "sent"


def test_letters_of_one_kind_are_stopped_and_others_are_not() -> None:
    letters = Letters()
    people = PersonStore(letters.table)
    people.stop(KARI.person, "digest", NOW)
    assert letters.send() == "sent"
    other = Letters(table=letters.table, letter=letter_for("reminder", "other", {}, NOW))
    people.stop(KARI.person, "reminder", NOW)
    assert (other.send(), other.item["reason"]) == ("suppressed", "stopped")


def test_each_letter_holds_its_reader_s_link_to_stop_its_kind() -> None:
    letters = Letters()
    letters.send()
    raw = letters.mailer.sent[0].raw
    told = email.message_from_bytes(raw, policy=email.policy.default)
    address = str(told["List-Unsubscribe"]).strip("<>")
    assert address.startswith(f"{SENDER.base_url}/u/")
    found = find_stop_link(address.rpartition("/")[2], KEYS)
    assert found == StopLink(KARI.person, "reminder", "nb")
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert told["List-Id"] == "<desk.example.com>"


def test_a_letter_that_was_not_taken_waits_and_goes_with_a_tick() -> None:
    letters = Letters()
    letters.mailer.errors = [MailNotTaken(60)]
    assert (letters.send(), "list_pk" in letters.item) == ("postponed", True)
    assert release_due(letters.table, NOW.replace(hour=15), lambda response: None) == 1
    assert letters.send(90) == "sent"


def test_of_calls_that_nobody_answers_there_are_two_at_most() -> None:
    letters = Letters()
    letters.mailer.errors = [OutcomeUnknown(), OutcomeUnknown()]
    outcomes = []
    for minutes in (0, 10, 20):
        outcomes.append(letters.send(minutes))
        release_due(letters.table, NOW.replace(hour=15), lambda response: None)
    assert outcomes == ["postponed", "unknown", "settled"]
    assert letters.item["reason"] == "mail_unknown"


def test_a_letter_that_waits_is_queued_by_the_tick() -> None:
    due = NOW.replace(hour=14)
    letters = Letters(letter=letter_for("reminder", "task", {}, NOW, due_at=due))
    assert letters.send() == "settled"
    assert release_due(letters.table, due, lambda response: None) == 1
    assert letters.table.items[sent_keys.letter(letters.letter.id)]["status"] == "queued"
    assert letters.send(60) == "sent"


@pytest.mark.parametrize("token", ["", "a", "x" * 300, "aaaaaaaaaaaaaaaaaaaaaaaaaa"])
def test_no_other_token_stops_a_letter(token: str) -> None:
    assert find_stop_link(token, KEYS) is None
