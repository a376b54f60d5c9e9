"""The help desk's half a year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from chalicelib.invitations.invitation import Invitation, Ticket
from chalicelib.responses.response import Response
from chalicelib.surveys.scale import Band
from infra.demo import story
from infra.demo.cast import Cast, at, name_of
from infra.demo.deck import Decks
from infra.demo.history import Asked, History, Said
from infra.demo.months import days_since, month_of
from infra.demo.story import (
    ACCOUNTS,
    DROPS,
    LAPTOPS,
    MANAGER,
    MEMBER,
    NETWORK,
    TEAM_OF,
    WORSE,
    Phase,
)
from infra.demo.words import BLAME, FAIR, PRAISE, SUBJECT_OF, SUBJECTS

FIRST_TICKET: Final = 40_000
CLOSED_WITHIN: Final = timedelta(hours=20)  # unless it is late


@dataclass(frozen=True)
class Unhappy:
    response: Response
    days_ago: int
    cause: str


class Desk:
    """Its story ends at `midnight`, before `now`."""

    def __init__(self, history: History, decks: Decks, midnight: datetime, now: datetime) -> None:
        self._history, self._decks, self._cast = history, decks, Cast(decks)
        self._midnight, self._now = midnight, now
        self._tickets = FIRST_TICKET
        self._first_day = days_since(midnight, story.FIRST_MONTH)
        self._gateway = days_since(midnight, story.GATEWAY_CHANGED) - 1
        self._this_month = days_since(midnight, 0)

    def play(self) -> None:
        unhappy = [found for days_ago in self._days() for found in self._day(days_ago)]
        for found in sorted(unhappy, key=lambda found: found.response.answered_at):
            self._act_on(found)
        for waiting in story.WAITING:
            self._leave_open(*waiting)
        for days_before, score, kind in story.HELD:
            self._hold(self._this_month + days_before, score, kind)
        for silenced in story.NOT_ASKED_AGAIN:
            self._ask_again(*silenced)
        self._history.pass_time(self._now)

    def _days(self) -> Iterator[int]:
        yield from range(self._first_day, story.LAST_DAY - 1, -1)

    def _day(self, days_ago: int) -> Iterator[Unhappy]:
        month = month_of(self._midnight, days_ago)
        phase = next(phase for phase in story.PHASES if month >= phase.until)
        first = (self._first_day - days_ago) * story.ASKED_A_DAY
        for number in range(first, first + story.ASKED_A_DAY):
            found = self._ask_and_hear(number % story.PEOPLE, days_ago, phase)
            if found:
                yield found

    def _ask_and_hear(self, person: int, days_ago: int, phase: Phase) -> Unhappy | None:
        about = self._decks.deal(("about", phase.name), phase.about)
        asked = self._asked(person, days_ago, about)
        band = self._band(asked, about, phase)
        cause = self._cause(about, days_ago, phase) if band is Band.DETRACTOR else ""
        invitation = self._history.ask(_about(asked, cause))
        if band is None:
            return None
        answered_at = asked.at + timedelta(hours=self._cast.between(0.2, 30))
        said = Said(
            self._cast.score(band),
            answered_at.replace(microsecond=0),
            self._words(band, cause, asked.locale or "en"),
            self._cast.is_on_phone(),
        )
        response = self._history.answer(invitation, said)
        return Unhappy(response, days_ago, cause) if cause else None

    def _band(self, asked: Asked, about: str, phase: Phase) -> Band | None:
        """None: there will be no answer."""
        role, place = asked.facts["role"], asked.facts["location"]
        if not self._cast.answers((phase.name, about, role), phase.answered):
            return None
        affected = phase.affected if about == NETWORK else None
        who = (phase.name, role, place, "affected" if affected else "")
        return self._cast.band(who, affected or phase.bands[role])

    def _asked(self, person: int, days_ago: int, about: str, hour: float | None = None) -> Asked:
        place = tuple(story.PLACES)[person // 4 % len(story.PLACES)]
        role = MANAGER if person % 4 == 0 else MEMBER
        self._tickets += 1
        subject = self._decks.deal(("subjects", about), SUBJECTS[about])
        return Asked(
            f"person{person}@example.com",
            name_of(person),
            at(self._midnight, days_ago, self._cast.between(7, 16) if hour is None else hour),
            {"group": TEAM_OF[about], "service": about, "role": role, "location": place},
            Ticket("zendesk", str(self._tickets), subject),
            self._decks.deal(("languages", place), story.PLACES[place]),
            self._cast.posture(),
        )

    def _words(self, band: Band, cause: str, language: str) -> str | None:
        kinds = {Band.PROMOTER: PRAISE, Band.PASSIVE: FAIR}
        words = BLAME[cause] if cause else kinds[band]
        return self._cast.says(cause or band, words, language, band)

    def _cause(self, about: str, days_ago: int, phase: Phase) -> str:
        if phase is WORSE and about == NETWORK:
            return self._decks.deal("network", (DROPS,) * 9 + ("Closed too early",))
        is_late = month_of(self._midnight, days_ago) <= story.LAPTOPS_FROM
        if is_late and about != NETWORK:
            return self._decks.deal("laptops", (LAPTOPS,) * 9 + ("Closed too early",))
        return self._decks.deal("others", story.OTHERS)

    def _act_on(self, found: Unhappy) -> None:
        response, answered_at = found.response, found.response.answered_at
        self._history.open_task(response)
        if answered_at > self._midnight - CLOSED_WITHIN:
            return
        if found.cause == DROPS and found.days_ago <= self._gateway + story.KEPT_OPEN_DAYS:
            closed_at = at(self._midnight, self._gateway, self._cast.between(9, 15))
            self._history.pass_time(closed_at)
            self._history.close_task(response, closed_at, DROPS, story.GATEWAY_NOTE)
        elif found.days_ago > 4 and self._decks.deal_share("late", 1, story.LATE_ONE_OF):
            late = answered_at + timedelta(hours=self._history.survey.task_hours + 6)
            self._history.pass_time(late)
            self._history.close_task(response, late, found.cause)
        else:
            soon = answered_at + timedelta(hours=self._cast.between(2, 20))
            self._history.close_task(response, soon, found.cause)

    def _leave_open(self, days_ago: int, score: int, about: str, lang: str, words: str) -> None:
        asked = replace(self._stranger(days_ago, 8, about), locale=lang)
        invitation = self._history.ask(asked)
        said = Said(score, asked.at + timedelta(minutes=50), words)
        self._history.open_task(self._history.answer(invitation, said))

    def _hold(self, days_ago: int, score: int, kind: str) -> None:
        asked = self._stranger(days_ago, 9, ACCOUNTS)
        soon = asked.at + timedelta(seconds=20)
        self._history.visit(self._history.ask(asked), kind, score, soon)

    def _ask_again(self, first: int, again: int, what: str) -> None:
        asked = self._stranger(first, 10, ACCOUNTS)
        self._end(self._history.ask(asked), what, asked.at + timedelta(minutes=3))
        self._history.ask(replace(asked, at=at(self._midnight, again, 10)))

    def _end(self, invitation: Invitation, what: str, when: datetime) -> None:
        if what == "unsubscribed":
            self._history.refuse(invitation, when)
        elif what == "bounced":
            self._history.bounce(invitation, when)

    def _stranger(self, days_ago: int, hour: float, about: str) -> Asked:
        """Who is asked at no other time."""
        number = story.PEOPLE + self._tickets - FIRST_TICKET
        return self._asked(number, days_ago, about, hour)


def _about(asked: Asked, cause: str) -> Asked:
    """Its ticket tells of what will turn out to be the cause."""
    if asked.ticket is None or cause not in SUBJECT_OF:
        return asked
    return replace(asked, ticket=replace(asked.ticket, subject=SUBJECT_OF[cause]))
