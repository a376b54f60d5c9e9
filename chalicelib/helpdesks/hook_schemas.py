"""What the routes that manage hooks take and give."""

from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from chalicelib.helpdesks import registry
from chalicelib.helpdesks.hook import SHORTEST_SECRET
from chalicelib.helpdesks.mapping import FIELD_PATH, LONGEST_PATH
from chalicelib.invitations.invitation import Status
from chalicelib.invitations.schemas import OF_A_PERSON
from chalicelib.surveys.fields import SegmentName, SurveyId
from chalicelib.web.schemas import Doc, Id, NextCursor, Time

Secret = Annotated[
    str,
    StringConstraints(
        min_length=SHORTEST_SECRET, max_length=512, pattern=rf"^[!-~]{{{SHORTEST_SECRET},512}}$"
    ),
]
FieldPath = Annotated[str, StringConstraints(pattern=FIELD_PATH, max_length=LONGEST_PATH)]
EXAMPLE = {"survey": "it-help-desk", "secret": "what-the-help-desk-reveals"}


class SecretBody(BaseModel):
    """`secret` is what the help desk signs with. Left out, Heed makes one."""

    model_config = ConfigDict(extra="forbid")

    secret: Secret | None = None


def _known_source(name: str) -> str:
    if name not in registry.names():
        raise PydanticCustomError(
            "source_unknown", "one of: {sources}", {"sources": ", ".join(registry.names())}
        )
    return name


Source = Annotated[
    str,
    AfterValidator(_known_source),
    WithJsonSchema({"type": "string", "enum": [*registry.names()]}),
]


class HookBody(SecretBody):
    survey: SurveyId
    source: Source = "zendesk"


class MappingBody(BaseModel):
    """By segment, or by what fills it in; all of it is replaced."""

    model_config = ConfigDict(extra="forbid")

    mapping: Annotated[
        dict[SegmentName, FieldPath],
        Field(
            max_length=12,
            description="Where in the body of the help desk the value of a segment is, or of"
            " `role`, `location`, `account` or `language`: `requester.fields.site`,"
            " `items[name=site].value`, `^top.level`, `this|or this`.",
        ),
    ]


MAPPING_EXAMPLE = {"mapping": {"role": "requester.user_fields.position"}}


# One label or a host, since the address is made from it; account_kinds.py says which.
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
Subdomain = Annotated[
    str, StringConstraints(pattern=rf"^{_LABEL}(\.{_LABEL}){{0,5}}$", max_length=253)
]


class DeskAccountBody(BaseModel):
    """Of Zendesk a confidential OAuth client; of Jira an e-mail address and its API token, of
    Chatwoot the host, the number of the account and an access token."""

    model_config = ConfigDict(extra="forbid")

    subdomain: Subdomain
    client_id: Annotated[str, StringConstraints(pattern=r"^[!-~]{1,200}$")]
    client_secret: Secret


ACCOUNT_EXAMPLE = {
    "subdomain": "acme",
    "client_id": "heed",
    "client_secret": "what-zendesk-shows-once",
}


class DeskAccount(TypedDict):
    subdomain: Annotated[
        str, Doc("What stands before `.zendesk.com` or `.atlassian.net`; of Chatwoot the host.")
    ]
    client_id: str


class Hook(TypedDict):
    id: Id
    source: str
    survey: str
    url: Annotated[str, Doc("The address that the help desk calls.")]
    created_at: Time | None
    created_by: Annotated[str | None, Doc("The id of a key; null when the operator did it.")]
    account: Annotated[DeskAccount | None, Doc("What Heed may ask by night and write notes with.")]
    mapping: Annotated[
        dict[str, str], Doc("Where more is found in what comes, by segment or what it is of.")
    ]


class NewSecret(Hook):
    secret: Annotated[str | None, Doc("Shown once, when Heed made it; null otherwise.")]
    paste: Annotated[
        str,
        Doc("What to do in the help desk, as Markdown, with the address and the text to paste."),
    ]


class HookDelivery(TypedDict):
    """What became of one delivery, without anything that people wrote."""

    at: Time
    result: Annotated[
        Literal["accepted", "duplicate", "ignored", "refused"],
        Doc("`accepted`: there is an invitation for it since then."),
    ]
    reason: Annotated[
        str | None,
        Doc(
            "Why nobody was asked, or was asked before: `test_delivery`, `address_unknown`,"
            " `invitation_cancelled` and so on. Of what was accepted: `reconciled`, or what to"
            " mend, since a value (`segment_folded`) or a theme (`theme_of_employee`) stands for"
            " whoever served. " + OF_A_PERSON
        ),
    ]
    ticket: Annotated[str | None, Doc("The id in the help desk.")]
    invitation: Id | None
    status: Annotated[Status | None, Doc("Of the invitation, now.")]


class HookDeliveries(TypedDict):
    items: list[HookDelivery]


class HookPage(TypedDict):
    items: list[Hook]
    next: NextCursor
