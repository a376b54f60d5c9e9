"""The clients: their contacts, and what they did later."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from chalicelib import ids, moments
from chalicelib.accounts.account import Account, Capacity
from chalicelib.accounts.import_contacts import read_contact
from chalicelib.accounts.schemas import ContactBody
from chalicelib.accounts.store import AccountStore
from chalicelib.outcomes.record_outcome import RecordOutcomeNeeds, record_outcome
from chalicelib.outcomes.schemas import OutcomeBody
from chalicelib.outcomes.store import OutcomeStore
from infra.demo import story
from infra.demo.cast import at, name_of
from infra.demo.deck import Decks
from infra.demo.gathered import Gathered
from infra.demo.history import BY
from infra.demo.story import ClientKind
from infra.demo.words import CLIENT_NAMES

FIRST_NAME: Final = 1000  # of the list of names
CAPACITIES: Final = (Capacity.DECIDES, Capacity.USES, Capacity.USES, Capacity.USES)


@dataclass(frozen=True)
class Client:
    number: int
    name: str
    kind: ClientKind
    renews: bool
    leaves_for: str | None

    @property
    def id(self) -> str:
        return re.sub(r"[^a-z]+", "-", self.name.lower())

    @property
    def region(self) -> str:
        return story.REGIONS[self.number % len(story.REGIONS)]

    def contact(self, place: int) -> tuple[str, str]:
        """The address and the name."""
        name = name_of(FIRST_NAME + self.number * (story.CONTACTS_ASKED + 1) + place)
        return f"{name.lower().replace(' ', '.')}@{self.id}.example.org", name


def clients_of(decks: Decks) -> list[Client]:
    """A renewal, a reason to leave or neither goes to each client of a kind, in turn."""
    kinds = [(kind, turn) for kind in story.CLIENT_KINDS for turn in range(kind.clients)]
    decks.chance.shuffle(kinds)
    named = zip(CLIENT_NAMES, kinds, strict=True)
    return [_client(number, name, *kind) for number, (name, kind) in enumerate(named)]


def _client(number: int, name: str, kind: ClientKind, turn: int) -> Client:
    leaving = dict(enumerate(kind.reasons, kind.renewed))
    return Client(number, name, kind, turn < kind.renewed, leaving.get(turn))


def write_accounts(
    clients: Iterable[Client], table: Gathered, person_of: Callable[[str], str], midnight: datetime
) -> None:
    accounts, known_at = AccountStore(table), at(midnight, story.KNOWN_FROM, 9)
    for client in clients:
        accounts.put(Account(client.id, client.name, "external", BY))
        for place in range(story.CONTACTS_ASKED + 1):
            email, name = client.contact(place)
            capacity = dict(enumerate(CAPACITIES)).get(place, Capacity.ADVISES)
            left = client.leaves_for is not None
            body = ContactBody(email=email, name=name, capacity=capacity, left=left)
            contact = read_contact(body, client.id, f"c{place + 1}", person_of, known_at)
            accounts.put_contact(replace(contact, changed_by=BY))


def outcomes_of(
    clients: Iterable[Client], decks: Decks, midnight: datetime
) -> Iterator[OutcomeBody]:
    """Of whole clients."""
    for client in clients:
        if client.renews:
            happened = at(midnight, decks.chance.uniform(*story.RENEWAL), 12)
            yield outcome("renewal", happened, account=client.id)
        if client.leaves_for:
            happened = at(midnight, decks.chance.uniform(*story.CHURN), 12)
            yield outcome("churn", happened, account=client.id, reason=client.leaves_for)


def outcome(kind: str, happened_at: datetime, **facts: str) -> OutcomeBody:
    told = {"kind": kind, "happened_at": moments.to_text(happened_at), **facts}
    return OutcomeBody.model_validate(told)


def tell_outcomes(
    outcomes: Iterable[OutcomeBody], table: Gathered, person_of: Callable[[str], str]
) -> None:
    needs = RecordOutcomeNeeds(OutcomeStore(table), person_of, AccountStore(table).known)
    for number, outcome in enumerate(outcomes):
        known = outcome.model_copy(update={"id": ids.derived_id("demo", "outcome", str(number))})
        record_outcome(known, None, BY, outcome.happened_at, needs)
