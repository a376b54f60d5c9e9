"""Surveys whose outcomes are counted by night, with as many people as wanted."""

from collections.abc import Callable
from datetime import timedelta

from chalicelib import keys, moments
from chalicelib.accounts.account import Account, Capacity, Contact, Engagement
from chalicelib.accounts.store import AccountStore
from chalicelib.invitations.items import to_item
from chalicelib.invitations.store import InvitationStore
from chalicelib.outcomes.count_people import CountPeopleNeeds
from chalicelib.outcomes.outcome import Kind, Outcome
from chalicelib.outcomes.store import OutcomeStore
from chalicelib.responses.items import response_to_item
from chalicelib.responses.response import Answer
from chalicelib.responses.response import answered as answered_by
from chalicelib.responses.store import ResponseStore
from chalicelib.scores.insights.silent_accounts import SilentAccountsNeeds
from chalicelib.snapshots import SnapshotStore
from chalicelib.table import Item, Put, Table
from chalicelib.take_snapshots import TakeSnapshotsNeeds
from tests.support.fakes import FakeTable
from tests.support.samples import SURVEY, invitation


def needs(
    table: Table,
    rest: Callable[[], None] = lambda: None,
    is_time_up: Callable[[], bool] = lambda: False,
) -> TakeSnapshotsNeeds:
    invitations, accounts = InvitationStore(table), AccountStore(table)
    responses = ResponseStore(table).find_all
    return TakeSnapshotsNeeds(
        snapshots=SnapshotStore(table),
        surveys=lambda: [SURVEY],
        people=CountPeopleNeeds(invitations, accounts, OutcomeStore(table), responses),
        accounts=SilentAccountsNeeds(accounts, invitations, responses),
        rest=rest,
        is_time_up=is_time_up,
    )


def people(count: int) -> FakeTable:
    """Each was asked 200 days ago, every third answered, every fifth referred somebody later.
    A tenth of them are contacts, three of an account: of some accounts nobody answered."""
    table = FakeTable()
    for number in range(count):
        _person(table, number)
    return table


def kept_in(table: FakeTable) -> list[Item]:
    found = [item for key, item in table.items.items() if key.pk.startswith("SNAPSHOT#")]
    return sorted(found, key=lambda item: (item["PK"], item["SK"]))


def _person(table: FakeTable, number: int) -> None:
    now = moments.now()
    at = now - timedelta(days=200 if number % 2 else 20)
    made = invitation(f"person-{number}", created_at=at, sent_at=at)
    items = [to_item(made)]
    if number % 3 == 0:
        said = Answer(number % 11)
        answer = answered_by(made, None, said, "1", at.date().isoformat(), at)
        items.append(response_to_item(answer))
    for item in items:
        table.items[keys_of(item)] = item
    if number % 5 == 0:
        told = Outcome(f"{number}", Kind.REFERRAL, made.person, None, now, None, None, now)
        OutcomeStore(table).add(told)
    if number % 10 == 1:
        _contact(table, f"account-{number // 30}", made.person, number)


def _contact(table: FakeTable, account: str, person: str, number: int) -> None:
    store, then = AccountStore(table), moments.now() - timedelta(days=400)
    store.put(Account(account, f"Account {account}", SURVEY.audience))
    held = Capacity.UNKNOWN, Engagement.UNKNOWN
    store.put_contact(
        Contact(account, f"{number}", person, "a@example.com", None, None, *held, False, then)
    )


def keys_of(item: Item) -> keys.Key:
    return keys.Key(item["PK"], item["SK"])


def put_all(table: Table, items: list[Item]) -> None:
    for item in items:
        table.write(Put(item))
