"""A response, and what an answer or an erasure makes of it. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.intake.invitation import Invitation, Ticket
from chalicelib.score.tally import ALL, Cell, contribution, difference, merged
from chalicelib.survey.scale import Band, band_of

OPERATIONS_KEPT = 10


@dataclass(frozen=True)
class Answer:
    """`comment` None leaves an earlier comment as it is."""

    score: int
    comment: str | None = None


@dataclass(frozen=True)
class Response:
    """`day`, `asked_day` and `segments` are frozen at the first answer. `operations` are
    the last ten operation keys, each beginning with the time it was handed out."""

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

    @property
    def band(self) -> Band | None:
        return None if self.score is None else band_of(self.score)

    def has_seen(self, operation: str) -> bool:
        """Also true of an operation older than all that are remembered: it may have been
        applied and forgotten, and applying it again would undo later ones."""
        if operation in self.operations:
            return True
        full = len(self.operations) >= OPERATIONS_KEPT
        return full and operation < min(self.operations)


def answered(
    invitation: Invitation,
    current: Response | None,
    answer: Answer,
    operation: str,
    day: str,
    now: datetime,
) -> Response:
    """The response after this answer; `current` itself when nothing changes. `day` is
    today in the survey's zone."""
    if current is None:
        return Response(
            id=invitation.id,
            survey=invitation.survey,
            person=invitation.person,
            score=answer.score,
            comment=answer.comment,
            segments=invitation.segments,
            ticket=invitation.ticket,
            day=day,
            asked_day=invitation.asked_day or day,
            answered_at=now,
            changed_at=now,
            version=1,
            operations=(operation,),
            origin=invitation.origin,
        )
    comment = current.comment if answer.comment is None else answer.comment
    if (answer.score, comment) == (current.score, current.comment):
        return current
    return _next(current, operation, now, score=answer.score, comment=comment)


def erased(current: Response, operation: str, now: datetime) -> Response:
    """A tombstone: what it was about is gone, so that a late duplicate finds it closed."""
    return _next(
        current, operation, now, score=None, comment=None, person=None, ticket=None, gone=True
    )


def tally_changes(before: Response | None, after: Response) -> dict[Cell, dict[str, int]]:
    """What `before` becoming `after` adds to the counts."""
    answer = difference(_contribution(before), _contribution(after))
    answered_change = int(not after.gone) - int(before is not None and not before.gone)
    segments = (ALL, *after.segments)
    return merged(
        {(segment, after.day): answer for segment in segments},
        {(segment, after.asked_day): {"answered": answered_change} for segment in segments},
    )


def _contribution(response: Response | None) -> dict[str, int]:
    if response is None:
        return {}
    return contribution(response.score, bool(response.comment))


def _next(current: Response, operation: str, now: datetime, **changes: object) -> Response:
    return replace(
        current,
        version=current.version + 1,
        operations=(*current.operations, operation)[-OPERATIONS_KEPT:],
        changed_at=now,
        **changes,  # type: ignore[arg-type]
    )
