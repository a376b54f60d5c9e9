"""What the owner of an account is told, from its answers and tasks."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.accounts.account import Account, Capacity, Contact, Engagement, Owner
from chalicelib.accounts.store import AccountStore
from chalicelib.digests import read_owners_digest as reading
from chalicelib.digests.account_part import account_part
from chalicelib.digests.digest import Part
from chalicelib.digests.read_owners_digest import ReadOwnersDigestNeeds, read_owners_digest
from chalicelib.periods import Range
from chalicelib.responses.response import Response, new_response
from chalicelib.tasks.closing import Closing
from chalicelib.tasks.task import IMPROVED, Task, task_for
from tests.support.fakes import FakeTable
from tests.support.samples import SURVEY, invitation

DAYS = Range(date(2026, 11, 16), date(2026, 11, 23))
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 19, 12, tzinfo=UTC)
OWNER = Owner("desk", "kari")


def answer(name: str, score: int, comment: str | None, at: datetime = THURSDAY) -> Response:
    day = at.date().isoformat()
    asked = invitation(name)
    return replace(new_response(asked, day, at, "nps"), score=score, comment=comment)


def task(of: Response, **changes: Any) -> Task:
    return replace(task_for(of, SURVEY, THURSDAY), **changes)


def closing(cause: str, day: str = "2026-11-20", fixed: bool = False) -> Closing:
    return Closing(cause, fixed, "a note", THURSDAY, day)


def part(answers: Sequence[Response], *tasks: Task) -> Part:
    return account_part("Acme", "en", answers, {one.id: one for one in tasks}, DAYS, NOW)


def test_the_latest_words_come_first_and_five_at_most() -> None:
    said = [
        answer(f"a{hour}", 2, f"words {hour}", THURSDAY.replace(hour=hour)) for hour in range(9)
    ]
    assert part(said).words == [f"words {hour}" for hour in (8, 7, 6, 5, 4)]


@pytest.mark.parametrize("day", [15, 23])
def test_words_of_another_day_are_not_told_again(day: int) -> None:
    assert not part([answer("a", 2, "words", THURSDAY.replace(day=day))]).says_something


def test_praise_has_words_and_is_of_happy_people() -> None:
    said = [answer("a", 10, "Thanks"), answer("b", 10, None), answer("c", 2, "No")]
    assert part(said).praise == 1


def test_what_is_open_or_overdue_is_of_now() -> None:
    long_ago = [answer(name, 2, "words", THURSDAY - timedelta(days=90)) for name in "ab"]
    due, later = task(long_ago[0], due_at=NOW), task(long_ago[1], due_at=NOW + timedelta(hours=1))
    told = part(long_ago, due, later)
    assert (told.words, told.still_open, told.overdue) == ([], 2, 1)


def test_what_was_closed_is_of_the_days_and_an_improved_answer_is_no_cause() -> None:
    made = [answer(f"a{number}", 2, None) for number in range(5)]
    closings = [
        closing("Wi-Fi", fixed=True),
        closing("Wi-Fi"),
        closing("Form"),
        closing("Form", day="2026-11-23"),
        closing(IMPROVED),
    ]
    told = part(made, *(task(of, closing=how) for of, how in zip(made, closings, strict=True)))
    assert (told.closed, told.fixed, told.still_open) == (3, 1, 0)
    assert told.named == [("Wi-Fi", 2), ("Form", 1)]


def test_long_words_are_cut() -> None:
    (words,) = part([answer("a", 2, "x" * 900)]).words
    assert words == "x" * 500 + "..."


def test_no_words_stand_in_its_repr() -> None:
    assert "secret" not in repr(part([answer("a", 2, "secret")]))


@pytest.mark.parametrize("bound", ["MOST_PARTS", "MOST_PEOPLE"])
def test_accounts_that_one_mail_cannot_hold_are_counted(
    monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(reading, bound, 2)
    found = read_owners_digest(OWNER, "reader", DAYS, NOW, needs(accounts=5))
    assert [part.about for part in found.parts] == ["Account 0", "Account 1"]
    assert found.left_out == 3


def needs(accounts: int) -> ReadOwnersDigestNeeds:
    """Each account has one contact, who said something."""
    store, survey = AccountStore(FakeTable()), replace(SURVEY, task_team="desk")
    for number in range(accounts):
        name = f"a{number}"
        store.put(Account(name, f"Account {number}", "external", owner=OWNER))
        facts = (f"{name}@example.com", None, None, Capacity.USES, Engagement.NORMAL, False)
        store.put_contact(Contact(name, name, f"person-{name}", *facts, THURSDAY))
    said = answer("a", 2, "words")
    return ReadOwnersDigestNeeds(lambda: [survey], store, lambda _: {said.id: said}, lambda _: {})
