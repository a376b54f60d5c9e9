"""What the routes that manage hooks take and give."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints
from typing_extensions import TypedDict

from chalicelib.helpdesks.hook import SHORTEST_SECRET
from chalicelib.surveys.definition import SurveyId
from chalicelib.web.schemas import Doc, Id, NextCursor, Time

Secret = Annotated[
    str,
    StringConstraints(
        min_length=SHORTEST_SECRET, max_length=512, pattern=rf"^[!-~]{{{SHORTEST_SECRET},512}}$"
    ),
]
EXAMPLE = {"survey": "it-help-desk", "secret": "what-the-help-desk-reveals"}


class SecretBody(BaseModel):
    """`secret` is what the help desk signs with. Left out, Heed makes one."""

    model_config = ConfigDict(extra="forbid")

    secret: Secret | None = None


class HookBody(SecretBody):
    survey: SurveyId
    source: Literal["zendesk"] = "zendesk"


class Hook(TypedDict):
    id: Id
    source: str
    survey: str
    url: Annotated[str, Doc("The address that the help desk calls.")]
    created_at: Time | None
    created_by: Annotated[str | None, Doc("The id of a key; null when the operator did it.")]


class NewSecret(Hook):
    secret: Annotated[str | None, Doc("Shown once, when Heed made it; null otherwise.")]


class HookPage(TypedDict):
    items: list[Hook]
    next: NextCursor
