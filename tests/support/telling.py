"""A team with tasks, what the stream tells of them, and the letters that come of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from msgspec.structs import replace

import app
from chalicelib import moments, wiring
from chalicelib.notify import wiring as notify_wiring
from chalicelib.notify.letter_store import letter_from_item
from chalicelib.notify.send_letter import SendLetterNeeds, send_letter
from chalicelib.publish import events_of
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Item
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.support.answers import Said
from tests.support.mailing import FakeMailer, sending
from tests.support.samples import SURVEY
from tests.support.tasks import hear

KARI = {"id": "kari", "name": "Kari", "email": "kari@example.com", "role": "lead", "lang": "nb"}
OLAV = {"id": "olav", "name": "Olav", "email": "olav@example.com"}
DESK = {"name": "Desk", "people": [KARI, OLAV], "owner_rule": "named", "owner": "olav"}
Event = dict[str, Any]


class Desk:
    """The events of one task come in the order in which it changed."""

    def __init__(self, heed: Heed, clock: Any, **changes: object) -> None:
        self.heed, self.said, self.mailer = heed, Said(heed, clock), FakeMailer()
        self.before: dict[str, Item] = {}
        self.said.put(task_team="desk")
        self.set(**changes)

    def set(self, **changes: object) -> None:
        """The team, anew."""
        assert self.heed.call("PUT", "/v1/teams/desk", DESK | changes).status_code == 200

    def opens(self, name: str, comment: str | None = None) -> str:
        """A task for an unhappy answer."""
        task = self.said.answer(name, 2, comment)
        hear(task)
        return task

    def patch(self, task: str, **changes: object) -> None:
        assert self.heed.call("PATCH", f"/v1/tasks/{task}", changes).status_code == 200

    def events(self) -> list[Event]:
        """Since they were asked for last."""
        return list(self._events())

    def _events(self) -> Iterator[Event]:
        for item in self.heed.items("TASK"):
            facts = {"id": f"{item['id']}-{item['version']}", "occurred_at": "now"}
            for event in events_of(facts, self.before.get(item["id"], {}), item):
                yield {"detail-type": event.name, "detail": event.model_dump()}
            self.before[item["id"]] = item

    def tell(self, *events: Event) -> None:
        """What has happened, unless told otherwise."""
        for event in events or self.events():
            app.tell_people(event, Clock())

    def letters(self, kind: str | None = None) -> list[Item]:
        found = [item for item in self.heed.items("LETTER") if kind in (None, item["kind"])]
        return sorted(found, key=lambda item: (item["kind"], item["to"].get("member", "")))

    def told(self, kind: str) -> list[str]:
        return [item["to"]["member"] for item in self.letters(kind)]

    def send(self) -> None:
        """All that is queued."""
        needs = SendLetterNeeds(
            notify_wiring.letters(),
            notify_wiring.composers(),
            notify_wiring.send_letter_needs().has_stopped,
            sending(wiring.table(), self.mailer),
        )
        for item in self.letters():
            if item["status"] == "queued":
                send_letter(item["id"], moments.now(), needs)

    def became(self, kind: str) -> list[str]:
        """Why each was not sent, or `sent`."""
        return [item.get("reason", item["status"]) for item in self.letters(kind)]

    def composed(self, kind: str, now: datetime | None = None) -> Any:
        """Of the first letter of this kind."""
        letter = letter_from_item(self.letters(kind)[0])
        return notify_wiring.composers()[kind](letter, now or moments.now())


def change_survey(**changes: object) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, **{"task_team": "desk", **changes}))
    surveys_wiring.catalogue.cache_clear()
