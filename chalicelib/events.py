"""Every event on the bus: ids and facts, never an address or a comment.

docs/events.md is generated from these models (`make docs`); a test compares.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from chalicelib.surveys.scale import Band


class Event(BaseModel):
    """`id` stays the same when the event is delivered again. `occurred_at` is RFC 3339."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_enum_values=True)

    version: Literal[1] = 1
    id: str
    occurred_at: str

    @property
    def name(self) -> str:
        return type(self).__name__


class InvitationQueued(Event):
    """An invitation is to be sent now."""

    invitation: str
    survey: str


class InvitationSent(Event):
    """The mail service took the invitation."""

    invitation: str
    survey: str


class InvitationSuppressed(Event):
    """No e-mail goes out; `reason` says why."""

    invitation: str
    survey: str
    reason: str


class InvitationCancelled(Event):
    """It waited, and goes out no more; `reason` says why."""

    invitation: str
    survey: str
    reason: str


class _ResponseFacts(Event):
    response: str
    survey: str
    score: int
    band: Band
    segments: list[str]
    has_comment: bool
    wishes_contact: bool
    origin: str


class ResponseRecorded(_ResponseFacts):
    """A person answered for the first time. `origin` is `tap`, or `import` for history
    that was loaded and must alarm nobody, or `ballot` for somebody who asked an anonymous survey
    to be contacted."""


class ResponseChanged(_ResponseFacts):
    """A person changed the score, the comment or the wish to be contacted. `was` is the band
    before, `wished_contact` the wish."""

    was: Band
    wished_contact: bool


class ResponseErased(Event):
    """An answer was erased everywhere."""

    response: str
    survey: str


class AnswersReleased(Event):
    """A block of answers of a sealed survey was published. `release` is its number; `unhappy` of
    them have a score of the worst band, and `with_words` have a comment. Nothing is told of a
    single one."""

    survey: str
    release: int
    answers: int
    unhappy: int
    with_words: int


class TaskOpened(Event):
    """A task was opened, or opened again: somebody has to act on an answer. `owner` is the id of
    one of its team's people; null: nobody's yet. `task_version` is higher with each change."""

    task: str
    survey: str
    team: str
    owner: str | None
    due_at: str
    task_version: int


class TaskHandedOn(Event):
    """An open task got an owner, or another one."""

    task: str
    survey: str
    team: str
    owner: str
    due_at: str
    task_version: int


class TaskResumed(Event):
    """Somebody ended the wait of an open task, or lets it wait for a shorter time."""

    task: str
    survey: str
    team: str
    due_at: str


class TaskOverdue(Event):
    """The due time of an open task has passed."""

    task: str
    survey: str
    team: str
    due_at: str


class TaskClosed(Event):
    """A task was closed, or its cause was corrected later. `fixed`: the cause itself is
    gone, not only this case settled."""

    task: str
    survey: str
    team: str
    cause: str
    fixed: bool


class ClosingWritten(Event):
    """Somebody wrote to the person who had answered how the task was closed, at `told_at`."""

    task: str
    survey: str
    told_at: str


class ReminderQueued(Event):
    """A reminder is to be sent now."""

    invitation: str
    survey: str


class FollowUpQueued(Event):
    """A follow-up e-mail is to be sent now."""

    response: str
    survey: str


class LetterQueued(Event):
    """An e-mail to somebody of a team is to be sent now. `kind` says about what; `survey` is null
    when it is about several."""

    letter: str
    survey: str | None
    kind: str


class DeliveryQueued(Event):
    """A webhook, or another channel, is to be called now. `kind` is its kind."""

    delivery: str
    kind: str


class PersonUnsubscribed(Event):
    """A person asked for no more e-mails."""

    person: str


class MailBounced(Event):
    """Mail to a person comes back for good."""

    person: str


class MailComplained(Event):
    """A person called our mail spam."""

    person: str


EVENTS: tuple[type[Event], ...] = (
    InvitationQueued,
    InvitationSent,
    InvitationSuppressed,
    InvitationCancelled,
    ResponseRecorded,
    ResponseChanged,
    ResponseErased,
    AnswersReleased,
    TaskOpened,
    TaskHandedOn,
    TaskResumed,
    TaskOverdue,
    TaskClosed,
    ClosingWritten,
    ReminderQueued,
    FollowUpQueued,
    LetterQueued,
    DeliveryQueued,
    PersonUnsubscribed,
    MailBounced,
    MailComplained,
)
