"""What happened with one survey, written by the use cases that write it when it happens: each with
an earlier time, on a table in memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NoReturn

from msgspec import Struct
from msgspec.structs import replace

from chalicelib import ids, keys, moments
from chalicelib.invitations.ask import AskNeeds, Request, ask
from chalicelib.invitations.invitation import Ended, Invitation, Ticket
from chalicelib.invitations.person_store import PersonStore
from chalicelib.invitations.store import InvitationStore
from chalicelib.invitations.token import Link
from chalicelib.invitations.unsubscribe import UnsubscribeNeeds, unsubscribe
from chalicelib.mail.posture import Posture
from chalicelib.mail.store import OutboxStore, SentFacts
from chalicelib.responses.ending import end_invitation
from chalicelib.responses.judge.facts import (
    Act,
    Arrival,
    Beacon,
    Client,
    Gesture,
    Place,
    Signal,
)
from chalicelib.responses.judged import Terms, Words
from chalicelib.responses.record import RecordNeeds, record_response
from chalicelib.responses.response import Answer, Response
from chalicelib.responses.store import ResponseStore
from chalicelib.responses.take_act import take_act
from chalicelib.responses.tap import TapNeeds, note, settle, take_beacon
from chalicelib.retry import no_limit
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import points_of
from chalicelib.tasks.change_task import ChangeTaskNeeds, add_task, change_task, mark_overdue
from chalicelib.tasks.holidays_kept import holidays_kept
from chalicelib.tasks.store import TaskStore
from chalicelib.tasks.task import CLOSED, Change, task_for
from chalicelib.teams.store import TeamStore
from chalicelib.tick import TickNeeds, tick
from chalicelib.web.idempotency import DeliveryStore
from infra.demo.gathered import Gathered

BY: Final = "demo"  # in the place of a key's id
MOUSE: Final = Gesture("pointermove", 6)
SETTLED: Final = timedelta(minutes=11)
MOVED: Final = timedelta(seconds=61)


class Asked(Struct, frozen=True):
    email: str
    name: str
    at: datetime
    facts: Mapping[str, str]
    ticket: Ticket | None = None
    locale: str | None = None
    posture: Posture = Posture.UNKNOWN


@dataclass(frozen=True)
class Said:
    score: int
    at: datetime
    comment: str | None = None
    on_phone: bool = False


class History:
    """`person_of` gives the id of an address; `key_id` is the key that signs links."""

    def __init__(
        self, survey: Survey, table: Gathered, person_of: Callable[[str], str], key_id: str
    ) -> None:
        self.survey, self._table, self._asked = survey, table, 0
        self._team = str(survey.task_team)
        self._invitations, self._people = InvitationStore(table), PersonStore(table)
        self._responses, self._outbox = ResponseStore(table), OutboxStore(table)
        self._record = RecordNeeds(self._responses, _no_pause, _first_shard)
        self._tap = TapNeeds(self._record, Terms(survey.tz, survey.scale))
        self._asking = AskNeeds(
            self._invitations,
            DeliveryStore(table),
            person_of,
            lambda: key_id,
            _no_box,
            _no_box,
            lambda box, wave: None,
            _no_pause,
        )
        self._tasks = ChangeTaskNeeds(
            TaskStore(table),
            lambda _: survey,
            TeamStore(table).find,
            _no_pause,
            _first_shard,
            holidays_kept,
        )

    def ask(self, asked: Asked) -> Invitation:
        """It is sent, unless there is a reason not to ask."""
        self._asked += 1
        number = ids.derived_id("demo", self.survey.id, str(self._asked))
        request = Request(
            asked.email, asked.name, asked.ticket, asked.facts, locale=asked.locale, by=BY
        )
        invitation = ask(self.survey, request, number, asked.at, self._asking)
        if invitation.reason is None:
            sent = SentFacts(self._day(asked.at), asked.posture)
            item = self._outbox.get(keys.invitation(number)) or {}
            self._outbox.invitation_sent(item, f"demo-{number}", sent, asked.at, shard=0)
        return self._invitations.get(number)

    def answer(self, invitation: Invitation, said: Said) -> Response:
        """The judge counts it: words were sent, the mouse moved, or a phone was looked at."""
        link, seconds = _link(invitation), said.at.timestamp()
        client = Client(invitation.person[:8], "browser")
        if said.comment:
            self._send_words(link, said, client)
        elif said.on_phone:
            shown = Beacon(seconds, client, "v", said.score, Signal.HELLO, touch=True)
            note(link, shown, self._tap)
            stayed = replace(shown, at=seconds + 4, signal=Signal.DWELL)
            take_beacon(link, stayed, said.at + timedelta(seconds=4), self._tap)
            settle(invitation.id, said.at + SETTLED, self._tap)
        else:
            moved = Beacon(seconds, client, "v", said.score, Signal.GESTURE, gesture=MOUSE)
            take_beacon(link, moved, said.at, self._tap)
        return self._found(invitation)

    def load(self, invitation: Invitation, said: Said) -> Response:
        """Another tool took the answer: the judge saw nothing of it."""
        words, operation = Answer(said.score, said.comment), _operation(invitation.id, said.at)
        zone, scale = self.survey.tz, self.survey.scale
        return record_response(invitation.id, words, operation, zone, said.at, self._record, scale)

    def visit(self, invitation: Invitation, kind: str, score: int, at: datetime) -> Response:
        """What the judge holds: `sweep` opens every link at once, `robot` is a program that sends
        the form, and `untouched` a page that nobody moved on."""
        link, seconds = _link(invitation), at.timestamp()
        client = Client(invitation.person[:8], "gateway", robot=kind == "robot")
        shown = Beacon(seconds + 2, client, "v", score, Signal.HELLO)
        if kind == "sweep":
            for point in points_of(self.survey.scale):
                opened = Arrival(seconds + point / 10, client, Place.SCORE, point, f"v{point}")
                note(link, opened, self._tap)
        if kind == "robot":
            self._send_words(link, Said(score, at), client)
        else:
            take_beacon(link, shown, at + timedelta(seconds=2), self._tap)
            settle(invitation.id, at + MOVED + timedelta(seconds=2), self._tap)
        return self._found(invitation)

    def refuse(self, invitation: Invitation, at: datetime) -> None:
        needs = UnsubscribeNeeds(self._invitations, self._people, _no_pause, no_limit)
        unsubscribe(invitation.id, at, needs)
        end_invitation(invitation.id, Ended.REFUSED, self._record)

    def bounce(self, invitation: Invitation, at: datetime) -> None:
        self._people.mark(invitation.person, Ended.BOUNCED.value, at)
        end_invitation(invitation.id, Ended.BOUNCED, self._record)

    def open_task(self, response: Response) -> None:
        at, team = response.answered_at + timedelta(minutes=1), self._tasks.team(self._team)
        opened = task_for(response, self.survey, at, team)
        add_task(opened, self._tasks)

    def close_task(
        self, response: Response, at: datetime, cause: str, note: str | None = None
    ) -> None:
        """With a note the cause itself is fixed."""
        change = Change(CLOSED, cause, note is not None, note)
        change_task(response.id, change, BY, at, self._tasks)

    def pass_time(self, now: datetime) -> None:
        """What was due until now: tasks are overdue, and no page is waited for."""

        def settle_one(invitation: str) -> None:
            settle(invitation, now, self._tap)

        def mark_one(task: str) -> bool:
            return mark_overdue(task, now, self._tasks)

        needs = TickNeeds(
            self._table,
            settle_one,
            mark_one,
            lambda task: None,
            lambda team: None,
            _no_pause,
            no_limit,
        )
        tick(now, needs)

    def _send_words(self, link: Link, said: Said, client: Client) -> None:
        seconds = said.at.timestamp()
        act = Act(
            seconds,
            client,
            "v",
            said.score,
            seconds - 40,
            _operation(link.invitation, said.at),
            trusted=True,
            gesture=MOUSE,
            pressed_at=seconds,
        )
        take_act(link, act, Words(said.comment), said.at, self._tap)

    def _found(self, invitation: Invitation) -> Response:
        return self._responses.find_all([invitation.id])[invitation.id]

    def _day(self, at: datetime) -> str:
        return moments.day_in(at, self.survey.tz).isoformat()


def _link(invitation: Invitation) -> Link:
    return Link(invitation.id, invitation.survey, invitation.expires_at)


def _operation(invitation: str, at: datetime) -> str:
    """As `new_operation`, without chance."""
    return f"{round(at.timestamp() * 1000):012x}-{invitation}"


def _no_pause(_: int) -> None:
    return None


def _no_box(survey: Survey, _: Sequence[str]) -> NoReturn:
    raise ValueError(f"the demo has no sealed survey: {survey.id}")


def _first_shard(_survey: str, _attempt: int) -> int:
    return 0
