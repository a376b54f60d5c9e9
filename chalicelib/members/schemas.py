"""What the routes of members take and give."""

from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from typing_extensions import TypedDict

from chalicelib.invitations.fields import Address
from chalicelib.members.role import Role
from chalicelib.surveys.fields import Line, SurveyId, Tag
from chalicelib.web.schemas import HIDDEN, Doc, Id, NextCursor, Time

EXAMPLE: Final = {
    "email": "kari@example.com",
    "name": "Kari Nordmann",
    "role": "team",
    "surveys": ["it-help-desk"],
    "language": "nb",
}
Reach = Annotated[list[SurveyId], Field(min_length=1, max_length=100)]


class AppMemberBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    email: Address
    name: Line
    role: Role
    surveys: Reach | None = None
    language: Tag | None = None


class AppMemberChange(BaseModel):
    """What is left out stays as it is."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"minProperties": 1})

    name: Line = ""
    role: Role = Role.VIEWER
    surveys: Reach | None = Field(None, description="Null: all of them.")
    language: Tag | None = Field(None, description="Null: that of the browser.")

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("say what is to change")
        return self


class AppMember(TypedDict):
    id: Annotated[Id, Doc("Public: it stands where the id of a key does.")]
    name: Annotated[str | None, Doc(HIDDEN)]
    email: Annotated[str | None, Doc(HIDDEN)]
    role: Role
    surveys: Annotated[list[str] | None, Doc("Null: all of them.")]
    language: Annotated[str | None, Doc("BCP 47; null: that of the browser.")]
    created_at: Time | None
    created_by: Annotated[str | None, Doc("The id of a key; null when the operator did it.")]


class AppMemberPage(TypedDict):
    items: list[AppMember]
    next: NextCursor
