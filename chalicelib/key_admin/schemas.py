"""What the routes of keys take and give."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from chalicelib.api_keys.api_key import SCOPE_WORDS
from chalicelib.surveys.fields import Line, SurveyId
from chalicelib.web.schemas import Day, Doc, Id, NextCursor, Time
from chalicelib.web.times import Moment

EXAMPLE = {
    "name": "Reports of the IT Help Desk",
    "scopes": ["scores:read", "responses:read"],
    "surveys": ["it-help-desk"],
    "expires_at": "2027-01-31T00:00:00Z",
}
KeyId = Annotated[Id, Doc("Public: it stands in log lines and on what the key changed.")]
By = Annotated[str | None, Doc("The id of a key; null when the operator did it.")]


def _known(word: str) -> str:
    if word not in SCOPE_WORDS:
        raise PydanticCustomError(
            "scope_unknown", "Known are: {known}.", {"known": ", ".join(SCOPE_WORDS)}
        )
    return word


ScopeWord = Annotated[
    str, AfterValidator(_known), WithJsonSchema({"type": "string", "enum": list(SCOPE_WORDS)})
]


class KeyBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Line
    scopes: Annotated[list[ScopeWord], Field(min_length=1, max_length=len(SCOPE_WORDS))]
    surveys: Annotated[list[SurveyId], Field(min_length=1, max_length=100)] | None = None
    expires_at: Moment | None = None


class Key(TypedDict):
    id: KeyId
    name: str
    scopes: list[ScopeWord]
    surveys: Annotated[list[str] | None, Doc("Null: all of them.")]
    created_at: Time | None
    created_by: By
    expires_at: Time | None
    last_used: Annotated[Day | None, Doc("In UTC. A key is noted once a day.")]
    revoked_at: Time | None
    revoked_by: By


class KeyWithSecret(Key):
    key: Annotated[str | None, Doc("Shown once: null when the request was answered before.")]


class KeyPage(TypedDict):
    items: list[Key]
    next: NextCursor
