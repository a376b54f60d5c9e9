"""What the routes of look-ups take and give."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from typing_extensions import TypedDict

from chalicelib.invitations.fields import Address
from chalicelib.text import LINE
from chalicelib.web.fitting import one_of
from chalicelib.web.schemas import HIDDEN, Day, Doc, Id, NextCursor, Time

EXAMPLE = {
    "email": "ingrid.solheim@example.com",
    "reason": "She asked us in writing to say which answer is hers.",
}
WHOM = ("email", "invitation")
Reason = Annotated[
    str, StringConstraints(min_length=10, max_length=500, pattern=LINE, strip_whitespace=True)
]
InvitationId = Annotated[str, Field(pattern=r"^[a-z2-7]{26}$")]


class LookupBody(BaseModel):
    """One of `email` and `invitation`."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra=one_of(WHOM),
    )

    email: Address | None = None
    invitation: InvitationId | None = None
    reason: Annotated[Reason, Field(description="Shown to everybody who may read the survey.")]


class OpenedAnswer(TypedDict):
    invitation: Id
    score: int
    comment: str | None
    answers: Annotated[dict[str, list[str]], Doc("To the survey's questions.")]
    published: Annotated[Day | None, Doc("The day of its release; null while it waits for one.")]


class Lookup(TypedDict):
    id: Id
    survey: Id
    at: Time
    by: Annotated[str, Doc("The id of the key that looked.")]
    reason: str
    invitations: Annotated[list[Id] | None, Doc(f"What was looked at. {HIDDEN}")]


class OpenedLookup(Lookup):
    answers: Annotated[list[OpenedAnswer], Doc("Empty when there is none.")]


class LookupList(TypedDict):
    items: Annotated[list[Lookup], Doc("The newest first.")]
    next: NextCursor
