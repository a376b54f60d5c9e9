"""The clients' year: whom Client Services asked, and what they said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from chalicelib.outcomes.schemas import OutcomeBody
from chalicelib.responses.response import Response
from chalicelib.surveys.scale import Band
from infra.demo import story
from infra.demo.cast import Cast, at
from infra.demo.deck import Decks
from infra.demo.firms import Client, outcome
from infra.demo.history import Asked, History, Said
from infra.demo.words import CLIENT_BLAME, CLIENT_FAIR, CLIENT_PRAISE, Words

LANGUAGES: Final = ("en", "en", "en", "de", "nb")
DAYS_OF_A_WAVE: Final = 20
LEFT_OPEN: Final = 2  # of the tasks, the newest


@dataclass(frozen=True)
class Unhappy:
    response: Response
    cause: str


class Clients:
    """Its story ends at `midnight`, before `now`. `referrals` are made while it is played."""

    def __init__(self, history: History, decks: Decks, midnight: datetime, now: datetime) -> None:
        self._history, self._decks, self._cast = history, decks, Cast(decks)
        self._midnight, self._now = midnight, now
        self._heard: set[str] = set()
        self.referrals: list[OutcomeBody] = []

    def play(self, clients: Sequence[Client]) -> None:
        unhappy = [found for wave in story.WAVES for found in self._wave(clients, wave)]
        unhappy.sort(key=lambda found: found.response.answered_at)
        for number, found in enumerate(unhappy, LEFT_OPEN - len(unhappy)):
            self._history.open_task(found.response)
            if number < 0:
                soon = found.response.answered_at + timedelta(hours=self._cast.between(2, 20))
                self._history.close_task(found.response, soon, found.cause)
        for days_ago, score, kind in story.CLIENTS_HELD:
            client = self._decks.deal("held", clients)
            asked = self._asked(client, story.CONTACTS_ASKED, days_ago)
            soon = asked.at + timedelta(seconds=20)
            self._history.visit(self._history.ask(asked), kind, score, soon)
        self._history.pass_time(self._now)

    def _wave(self, clients: Sequence[Client], wave: int) -> Iterator[Unhappy]:
        for client in clients:
            has_left = client.leaves_for is not None and wave < story.CHURN[1]
            for place in range(0 if has_left else story.CONTACTS_ASKED):
                found = self._ask_and_hear(client, place, wave)
                if found:
                    yield found

    def _ask_and_hear(self, client: Client, place: int, wave: int) -> Unhappy | None:
        kind = client.kind
        asked = self._asked(client, place, wave - client.number % DAYS_OF_A_WAVE)
        invitation = self._history.ask(asked)
        if not self._cast.answers((kind.name, str(wave)), kind.answered):
            return None
        at_first = wave > story.PERSON_FROM
        bands = kind.before if at_first else kind.since
        band = self._cast.band((kind.name, str(wave)), bands)
        cause = self._decks.deal("causes", tuple(CLIENT_BLAME)) if band is Band.DETRACTOR else ""
        answered_at = (asked.at + timedelta(hours=self._cast.between(0.2, 30))).replace(
            microsecond=0
        )
        words = self._cast.says(cause or band, _words(band, cause), asked.locale or "en", band)
        said = Said(self._cast.score(band), answered_at, words, self._cast.is_on_phone())
        self._refer(asked.email, band, answered_at, wave)
        take = self._history.load if at_first else self._history.answer
        response = take(invitation, said)
        return Unhappy(response, cause) if cause else None

    def _refer(self, email: str, band: Band, answered_at: datetime, wave: int) -> None:
        """Later answers are too young to be looked at."""
        if wave < story.PERSON_FROM or email in self._heard:
            return
        self._heard.add(email)
        if self._decks.deal_share(("refers", band), story.REFERRED[band], 10):
            later = timedelta(days=self._cast.between(*story.REFERRAL_AFTER))
            self.referrals.append(outcome("referral", answered_at + later, email=email))

    def _asked(self, client: Client, place: int, days_ago: int) -> Asked:
        email, name = client.contact(place)
        role = "decides" if place == 0 else "uses"
        return Asked(
            email,
            name,
            at(self._midnight, days_ago, self._cast.between(7, 16)),
            {"region": client.region, "role": role},
            locale=LANGUAGES[client.number % len(LANGUAGES)],
            posture=self._cast.posture(),
        )


def _words(band: Band, cause: str) -> Words:
    if cause:
        return CLIENT_BLAME[cause]
    return CLIENT_PRAISE if band is Band.PROMOTER else CLIENT_FAIR
