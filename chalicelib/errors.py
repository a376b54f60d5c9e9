"""All errors of Heed. They carry facts; web/problems.py and responses/pages/routes.py turn them
into a status and a page."""

from collections.abc import Sequence

from msgspec import Struct


class HeedError(Exception):
    """Everything Heed raises on purpose."""


class MissingSetting(HeedError):
    def __init__(self, variable: str) -> None:
        super().__init__(f"the environment variable {variable} is not set")
        self.variable = variable


# What a caller did.


class NotFound(HeedError):
    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Unauthenticated(HeedError):
    """`code` tells whether the key or the signature is missing, wrong or too old."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Forbidden(HeedError):
    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


class ForeignSurvey(HeedError):
    """The key is limited to surveys, and this is none of them or belongs to none."""


class UnknownScope(HeedError):
    """`unknown` is empty when no scope was given."""

    def __init__(self, unknown: Sequence[str], known: Sequence[str]) -> None:
        super().__init__(unknown)
        self.unknown, self.known = tuple(unknown), tuple(known)


class BadRequest(HeedError):
    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


class UnsupportedMediaType(HeedError):
    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected


class NotAcceptable(HeedError):
    def __init__(self, offered: Sequence[str]) -> None:
        super().__init__(offered)
        self.offered = tuple(offered)


class TooLarge(HeedError):
    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class FieldError(Struct, frozen=True):
    """`pointer` is a JSON pointer into the body, or a query parameter's name. `most`: its limit."""

    pointer: str
    code: str
    detail: str
    most: int | None = None


class NotAsked(HeedError):
    """Nobody is asked, and nothing is wrong; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Invalid(HeedError):
    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__([error.code for error in errors])
        self.errors = tuple(errors)


# The types of pydantic errors that are sent as a Conflict: no field is wrong by itself.
GIVEN_TWICE, OWNER_UNKNOWN = "given_twice", "owner_unknown"
LANGUAGE_MISSING, HOURS_UNUSABLE = "language_missing", "hours_unusable"
SEGMENT_UNDECLARED, PLAN_UNFIT = "segment_undeclared", "plan_unfit"
ACCENT_FAINT, LOGO_UNUSABLE = "accent_faint", "logo_unusable"
DO_NOT_FIT = frozenset({GIVEN_TWICE, OWNER_UNKNOWN, LANGUAGE_MISSING, HOURS_UNUSABLE, PLAN_UNFIT})
DO_NOT_FIT |= {SEGMENT_UNDECLARED, ACCENT_FAINT, LOGO_UNUSABLE}


class Conflict(Invalid):
    """Each field is valid, but the fields do not fit each other or what is stored."""


class PersonErased(Conflict):
    """The person asked to be forgotten: nothing about them is stored any more."""

    def __init__(self, pointer: str = "#/email") -> None:
        super().__init__([FieldError(pointer, "person_erased", "This person asked to be erased.")])


class TooOften(HeedError):
    """`retry_after` in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class ChangedMeanwhile(HeedError):
    """Somebody else changed what is to be changed since it was looked at."""


class MethodNotAllowed(HeedError):
    def __init__(self, allowed: Sequence[str]) -> None:
        super().__init__(allowed)
        self.allowed = tuple(allowed)


class IdempotencyKeyReused(HeedError):
    """The key was used before with another body."""


class SuccessMissing(HeedError):
    """The survey is a draft. It asks nobody until it says what success looks like."""

    def __init__(self, survey: str) -> None:
        super().__init__(survey)
        self.survey = survey


class CauseRefused(HeedError):
    """A task is closed with a cause. `code` is cause_missing or cause_unknown. `causes` is the
    survey's list, empty when any cause is allowed."""

    def __init__(self, code: str, causes: Sequence[str]) -> None:
        super().__init__(code)
        self.code = code
        self.causes = tuple(causes)


class LinkRejected(HeedError):
    """The link is wrong, foreign or damaged. The error does not say which, on purpose."""


class LinkLost(LinkRejected):
    """Its invitation is not there: the local stack lost it in a crash."""


class LinkExpired(LinkRejected):
    """The link is genuine, and its time is over. Only the holder of the link can learn that."""

    def __init__(self, survey: str, language: str | None) -> None:
        super().__init__(survey)
        self.survey = survey
        self.language = language


class BallotsClosed(LinkRejected):
    """The survey was not opened yet, or it takes no ballots any more."""


class BallotPublished(LinkRejected):
    """The ballot was published, or is just being, and stays as it is."""


class BallotsMiscounted(HeedError):
    """There are not as many published ballots as the board shows: nothing may be destroyed."""


class VisitFull(HeedError):
    """So much was seen of this link that no more is noted. It was counted."""


# What the table said.


class WriteRefused(HeedError):
    """A condition did not hold. `index` is the write's place in its transaction. `current` is
    the stored item, None if absent."""

    def __init__(self, index: int, current: dict[str, object] | None) -> None:
        super().__init__(index)
        self.index = index
        self.current = current


class WriteConflict(HeedError):
    """Another transaction holds one of the items: nothing was written."""


class OutcomeUnknown(HeedError):
    """A throttle, a fault or a lost answer: the write may or may not have happened."""


class Unavailable(HeedError):
    """All tries failed. `retry_after` in seconds."""

    def __init__(self, retry_after: int = 30) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class OutOfTime(Unavailable):
    """The function has no time left for another call, so none was made."""


# What the DNS said.


class LookupFailed(HeedError):
    """No usable answer. A later try may get one."""


# What the mail service said.


class MailNotTaken(HeedError):
    """The mail never left, or the service refused it for now. Another try is worth it after
    `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class MailRefused(HeedError):
    """The mail will never be taken as it is. `code` is the service's own."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
