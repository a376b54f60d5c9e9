"""Letters in a fake table, and a composer that writes to anybody."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chalicelib import sent_keys
from chalicelib.invitations.person_store import PersonStore
from chalicelib.notify.compose import Addressee, Compose, Composed
from chalicelib.notify.letter import Letter, letter_for
from chalicelib.notify.letter_store import LetterStore
from chalicelib.notify.send_letter import SendLetterNeeds, send_letter
from chalicelib.table import Item
from tests.support.fakes import FakeTable
from tests.support.mailing import FakeMailer, sending
from tests.support.renderings import CONTEXTS
from tests.support.samples import NOW, invitation

KARI = Addressee(invitation("kari").person, "kari@example.com", "nb")
# What templates/email/reminder/ shows.
FACTS: dict[str, Any] = {
    name: value
    for name, value in (CONTEXTS["invitation"] | {"held": False}).items()
    if name not in ("lang", "unsubscribe_url")
}


def compose(letter: Letter, now: datetime) -> Composed | str:
    return Composed(KARI, "desk", FACTS)


@dataclass
class Letters:
    compose: Compose = compose
    table: FakeTable = field(default_factory=FakeTable)
    mailer: FakeMailer = field(default_factory=FakeMailer)
    letter: Letter = field(
        default_factory=lambda: letter_for("reminder", "task", {"member": "kari"}, NOW)
    )

    def __post_init__(self) -> None:
        self.add()

    def add(self) -> bool:
        return LetterStore(self.table).add(self.letter)

    def send(self, minutes: float = 0) -> str:
        people, now = PersonStore(self.table), NOW + timedelta(minutes=minutes)
        composers = {"reminder": self.compose}
        needs = SendLetterNeeds(
            LetterStore(self.table), composers, people.has_stopped, sending(self.table, self.mailer)
        )
        return send_letter(self.letter.id, now, needs)

    @property
    def item(self) -> Item:
        return self.table.items[sent_keys.letter(self.letter.id)]
