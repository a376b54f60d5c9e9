"""A response, and how an answer or an erasure changes it. Pure."""

from datetime import datetime, timedelta

from msgspec import Struct, field
from msgspec.structs import replace

from chalicelib.invitations.invitation import Ended, Invitation, Ticket
from chalicelib.responses.judge.verdict import State, Why
from chalicelib.surveys.question import Answers
from chalicelib.surveys.scale import Band, Scale, band_of

OPERATIONS_KEPT = 10
BALLOT = "ballot"  # the origin of a published ballot


class Answer(Struct, frozen=True):
    """`comment` and `contact` None leave what was said as it is, and so does a question that is not
    in `answers`; an empty one takes the earlier away. `pressed_at` None: just now."""

    score: int
    comment: str | None = None
    contact: bool | None = None
    answers: Answers = field(default_factory=dict)
    pressed_at: datetime | None = None


class OpenVisit(Struct, frozen=True):
    """Takes the place of an invitation when an answer comes by an open link: nobody was asked."""

    id: str
    survey: str
    segments: tuple[str, ...]
    person: None = None
    name: None = None
    email: None = None
    ticket: None = None
    asked_day: None = None
    account: None = None
    origin: str = "tap"
    ended: None = None


class Response(Struct, frozen=True):
    """`day`, `asked_day` and `segments` are frozen at the first answer. A published ballot has
    origin `ballot`; its `groups` are no segments, since no number of a segment counts it, and
    `receipt` is the hash that its board shows. `operations` are the last ten operation keys, each
    beginning with the time it was handed out. Of two answers the one that was pressed later stands:
    `pressed_at` is the score's time where only a Send counts, `commented_at` the comment's,
    `wished_at` that of `contact`, `chosen_at` that of the `answers` to the survey's questions; None
    if it is not known."""

    id: str
    survey: str
    person: str | None
    score: int | None
    comment: str | None
    segments: tuple[str, ...]
    ticket: Ticket | None
    day: str
    asked_day: str
    answered_at: datetime
    changed_at: datetime
    version: int
    operations: tuple[str, ...]
    origin: str
    gone: bool = False
    state: State = State.COUNTED
    why: str = Why.EXPLICIT
    settles_at: datetime | None = None
    history: tuple[int, ...] = ()
    changed_elsewhere: bool = False
    contact: bool = False
    posture: str | None = None  # None: not judged
    scale: str = Scale.NPS
    open: bool = False  # by an open link: no invitation, no person
    ended: Ended | None = None  # as on its invitation
    pressed_at: datetime | None = None
    commented_at: datetime | None = None
    wished_at: datetime | None = None
    seen: int = 0  # how many facts the judge knew
    bucket: int = 0  # of the lists of its survey
    name: str | None = None  # as on its invitation, which a list does not read
    email: str | None = None
    groups: tuple[str, ...] = ()
    receipt: str | None = None
    answers: Answers = field(default_factory=dict)
    chosen_at: datetime | None = None
    account: str | None = None  # as on its invitation
    imported_at: datetime | None = None

    @property
    def band(self) -> Band | None:
        return None if self.score is None else band_of(self.score, self.scale)

    @property
    def is_named_ballot(self) -> bool:
        """Of somebody who gave up to be anonymous. It protects nobody else."""
        return self.origin == BALLOT and self.contact

    @property
    def length(self) -> int:
        """Characters that somebody wrote."""
        words = [given for given in self.answers.values() if isinstance(given, str)]
        return len(self.comment or "") + sum(map(len, words))

    @property
    def is_counted(self) -> bool:
        return self.state is State.COUNTED and not self.gone

    def has_seen(self, operation: str) -> bool:
        if operation in self.operations:
            return True
        # An operation older than these may have been applied and forgotten. To apply it again
        # would undo later ones.
        full = len(self.operations) >= OPERATIONS_KEPT
        return full and operation < min(self.operations)


def answered(
    invitation: Invitation,
    current: Response | None,
    answer: Answer,
    operation: str,
    day: str,
    now: datetime,
    scale: str = Scale.NPS,
) -> Response:
    """The response after this answer; `current` itself when nothing changes. `day` is
    today in the survey's zone."""
    current = current or new_response(invitation, day, now, scale)
    return with_answer(current, answer, operation, now)


def with_answer(current: Response, answer: Answer, operation: str, now: datetime) -> Response:
    """An answer that says nothing new keeps the version: only the time of the press moves."""
    pressed_at = answer.pressed_at or max(now, current.pressed_at or now)
    after = with_words(current, answer.comment, answer.contact, pressed_at)
    after = with_answers(after, answer.answers, pressed_at)
    if _is_later(pressed_at, current.pressed_at):
        after = replace(after, score=answer.score, pressed_at=pressed_at)
    return after if _says(after) == _says(current) else _next(after, operation, now)


def with_words(
    response: Response, comment: str | None, contact: bool | None, pressed_at: datetime
) -> Response:
    """An older form adds words only where a newer one left none."""
    after = _with_wish(response, contact, pressed_at)
    stands = response.comment is not None and not _is_later(pressed_at, response.commented_at)
    if comment is None or stands:
        return after
    return replace(after, comment=comment, commented_at=pressed_at)


def _with_wish(response: Response, contact: bool | None, pressed_at: datetime) -> Response:
    is_new = contact is not None and contact is not response.contact
    if not is_new or not _is_later(pressed_at, response.wished_at):
        return response
    return replace(response, contact=bool(contact), wished_at=pressed_at)


def with_answers(response: Response, answers: Answers, pressed_at: datetime) -> Response:
    """An older form answers only what a newer one left open."""
    known = response.answers
    new = {name: given for name, given in answers.items() if given != known.get(name, ())}
    if not new:
        return response
    is_later = _is_later(pressed_at, response.chosen_at)
    said = {**known, **new} if is_later else {**new, **known}
    return replace(
        response,
        answers={name: given for name, given in said.items() if given},
        chosen_at=pressed_at if is_later else response.chosen_at,
    )


def _is_later(pressed_at: datetime, than: datetime | None) -> bool:
    return than is None or pressed_at >= than


def _says(response: Response) -> tuple[int | None, str | None, bool, Answers]:
    return response.score, response.comment, response.contact, response.answers


def new_response(asked: Invitation | OpenVisit, day: str, at: datetime, scale: str) -> Response:
    """It has no answer yet and version 0: it must not be stored like this."""
    return Response(
        id=asked.id,
        survey=asked.survey,
        person=asked.person,
        score=None,
        comment=None,
        segments=asked.segments,
        ticket=asked.ticket,
        day=day,
        asked_day=asked.asked_day or day,
        answered_at=at,
        changed_at=at,
        version=0,
        operations=(),
        origin=asked.origin,
        scale=scale,
        open=isinstance(asked, OpenVisit),
        ended=asked.ended,
        name=asked.name,
        email=asked.email or None,
        account=asked.account,
    )


def erased(current: Response, operation: str, now: datetime) -> Response:
    """A tombstone. A late duplicate of the answer finds it and is rejected."""
    return _next(
        current,
        operation,
        now,
        score=None,
        comment=None,
        answers={},
        person=None,
        name=None,
        email=None,
        ticket=None,
        account=None,
        segments=(),
        gone=True,
    )


def in_order(before: Response | None, after: Response) -> Response:
    if before is None:
        return after
    # The clocks of two writers differ. A change has to be later than the one before it, by the
    # millisecond that is stored, or a reader of changes misses it.
    earliest = before.changed_at + timedelta(milliseconds=1)
    return replace(after, changed_at=max(after.changed_at, earliest))


def _next(current: Response, operation: str, now: datetime, **changes: object) -> Response:
    return replace(
        current,
        version=current.version + 1,
        operations=(*current.operations, operation)[-OPERATIONS_KEPT:],
        changed_at=now,
        **changes,
    )
