"""A webhook and its deliveries on a fake table, with a receiver that says what it is told to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from msgspec import field as struct_field
from msgspec.structs import replace

from chalicelib.notify.calls.deliver import DeliverNeeds, Outcome, deliver
from chalicelib.notify.calls.health import Health
from chalicelib.notify.letter_store import LetterStore
from chalicelib.notify.standard import standard_call
from chalicelib.notify.transport import Answer, Transport, TransportError
from chalicelib.responses.store import ResponseStore
from chalicelib.table import Item, Put
from chalicelib.teams.team import Member, Team
from chalicelib.webhooks.delivery import Delivery
from chalicelib.webhooks.delivery_log import DeliveryLog
from chalicelib.webhooks.store import WebhookStore
from chalicelib.webhooks.webhook import Confidential, Kind, Webhook
from tests.support.fakes import FakeTable
from tests.support.samples import NOW, SURVEY
from tests.support.ticks import release_due

SECRET = "whsec_ZmljdGlvbmFsLXN0YW5kYXJkLXdlYmhvb2sta2V5LTMy"
OLDER = "whsec_ZmljdGlvbmFsLW9sZGVyLXdlYmhvb2sta2V5LTAwMDMy"
WEBHOOK = Webhook(
    id="webhook",
    name="Warehouse",
    kind=Kind.STANDARD,
    host="hooks.example.com",
    events=frozenset({"ResponseRecorded", "TaskOpened"}),
    team="desk",
    created=NOW,
    created_by="key",
    url="https://hooks.example.com/in",
)
TASK_FACTS = {"task": "one", "team": "desk", "due_at": "2026-11-21T13:45:10.000Z"}
MINUTE = timedelta(minutes=1)


def delivery(name: str = "one", **changes: Any) -> Delivery:
    made = Delivery(name, Kind.STANDARD, WEBHOOK.id, "TaskOpened", SURVEY.id, "then", NOW)
    return replace(made, **{"facts": TASK_FACTS, **changes})


@dataclass(frozen=True)
class Sent:
    url: str
    body: bytes
    headers: Mapping[str, str]


class Scripted(Transport, frozen=True):
    """`says`: a status, or what is raised. The last one stays."""

    says: list[Any] = struct_field(default_factory=lambda: [200])
    sent: list[Sent] = struct_field(default_factory=list)

    def post(
        self, url: str, body: bytes, headers: Mapping[str, str], method: str = "POST"
    ) -> Answer:
        self.sent.append(Sent(url, body, headers))
        said = self.says.pop(0) if len(self.says) > 1 else self.says[0]
        if isinstance(said, BaseException):
            raise said
        if not 200 <= said < 300:
            raise TransportError("refused", said, permanent=said == 410)
        return Answer(said, b"")


class BrokenOff(BaseException):
    """The run ended here, as by a crash."""


class Calls:
    """`say` sets what the receiver answers from now on."""

    def __init__(self, webhook: Webhook = WEBHOOK) -> None:
        self.table = FakeTable()
        self.webhooks, self.log = WebhookStore(self.table), DeliveryLog(self.table)
        self.webhooks.add(webhook)
        self.transport = Scripted()
        self.secrets = [SECRET]
        self.chance = 0.0
        confidential = lambda _: Confidential(tuple(self.secrets))  # noqa: E731
        find = ResponseStore(self.table).find
        self.needs = DeliverNeeds(
            log=self.log,
            webhook=self.webhooks.find,
            compose={
                Kind.STANDARD: partial(standard_call, find=find, confidential_of=confidential)
            },
            health=Health(self.webhooks, LetterStore(self.table), self.team, lambda attempt: None),
            transport=self.transport,
            chance=lambda: self.chance,
            pause=lambda attempt: None,
        )

    def team(self, team_id: str) -> Team | None:
        lead = Member("kari", "person", "Kari Nordmann", "kari@example.com", "lead")
        other = Member("ola", "another", "Ola Nordmann", "ola@example.com", "member")
        return Team("desk", "Service Desk", (lead, other)) if team_id == "desk" else None

    @property
    def letters(self) -> list[Item]:
        found = [item for item in self.table.items.values() if item["SK"] == "LETTER"]
        return sorted(found, key=lambda item: item["created_at"])

    def say(self, *says: Any) -> None:
        self.transport.says[:] = says

    def deliver(self, now: datetime = NOW, name: str = "one") -> Outcome:
        return deliver(name, now, self.needs)

    def item(self, name: str = "one") -> Item:
        found = self.log.find(name)
        assert found
        return found

    def webhook(self) -> Webhook:
        return self.webhooks.get(WEBHOOK.id)

    def put(self, item: Item) -> None:
        self.table.write(Put(item))

    def tick(self, now: datetime) -> None:
        release_due(self.table, now, lambda response: None)

    def run_for(self, days: float, name: str = "one") -> list[datetime]:
        """Ticks and delivers, from one due time to the next. Gives the times of the calls."""
        now, calls = NOW, list[datetime]()
        while now < NOW + timedelta(days=days):
            before = len(self.transport.sent)
            self.deliver(now, name)
            calls += [now] * (len(self.transport.sent) - before)
            if "due_shard" not in self.item(name):
                return calls
            now = datetime.fromisoformat(self.item(name)["due_at"])
            self.tick(now)
        return calls
