"""People whose answers a key without `people:read` must not find: who they are, and when and to
which invitation they answered."""

from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from chalicelib import moments, wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.notify.effects.handlers import plan_effects
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.judge.verdict import State, Why
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Item, Key, Put, Update
from tests.functional.conftest import Heed
from tests.support.samples import SURVEY

SURVEYS = f"/v1/surveys/{SURVEY.id}"
CONTACTS = "/v1/accounts/acme/contacts"
BEGIN = datetime(2026, 11, 20, 9, 0, 0, tzinfo=UTC)


class KnownPeople:
    """The one who looks knows the addresses and tickets, and gave the links out."""

    def __init__(self, heed: Heed, clock: Any) -> None:
        self.heed, self.clock = heed, clock
        survey = replace(SURVEY, open_link=True, tz="Europe/Oslo")
        surveys_wiring.surveys().put(survey)
        for account in ("acme", "quiet"):
            said = {"name": account.title(), "audience": "internal"}
            self.told("PUT", f"/v1/accounts/{account}", said)

    def told(self, method: str, path: str, body: object = None) -> Any:
        answer = self.heed.call(method, path, body)
        assert answer.status_code < 300, answer.body
        return answer.json_body

    def contact(self, name: str, account: str = "acme") -> None:
        said = {"email": f"{name}@acme.example.com", "name": f"{name.title()} Solheim"}
        self.told("PUT", f"/v1/accounts/{account}/contacts/c-{len(name)}", said)

    def asked(self, name: str) -> str:
        said = {"ticket": self.ticket(name), "email": f"{name}@acme.example.com", "name": name}
        return str(self.told("POST", f"{SURVEYS}/links", said)["id"])

    @staticmethod
    def ticket(name: str) -> dict[str, str]:
        return {"id": f"T-{name}", "subject": f"Laptop of {name}"}

    @staticmethod
    def person(name: str) -> str:
        return invitations_wiring.person_of(f"{name}@acme.example.com")

    def answered(self, name: str, score: int, comment: str | None = None, **after: float) -> str:
        """The id of the answer, given `after` BEGIN and at no whole second."""
        made = self.asked(name)
        self.clock.move_to(BEGIN + timedelta(**after, milliseconds=31_123))
        now, needs = moments.now(), responses_wiring.record_needs()
        record_response(made, Answer(score, comment), new_operation(now), "Europe/Oslo", now, needs)
        return made

    def has_task(self, name: str, **after: float) -> str:
        made = self.answered(name, 2, f"It was slow, says number {len(name)}.", **after)
        self.clock.shift(timedelta(seconds=2))
        plan_effects({"detail": {"id": "event", "response": made}})
        return made

    def hold(self, response_id: str) -> None:
        store = responses_wiring.responses()
        before = store.find(response_id)
        assert before
        held = replace(before, state=State.HELD, why=Why.NO_INPUT, version=before.version + 1)
        store.replace(before, held, 0)

    def mark(self, name: str, flag: str) -> None:
        invitations_wiring.people().mark(self.person(name), flag, moments.now())

    def put(self, item: Item) -> None:
        """As it was before."""
        wiring.table().write(Put(item))

    def set(self, item: Item, **attributes: object) -> None:
        wiring.table().write(Update(Key(item["PK"], item["SK"]), set=attributes))
