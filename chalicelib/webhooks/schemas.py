"""What the routes of webhooks take and give."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from typing_extensions import TypedDict

from chalicelib.surveys.fields import Line, SurveyId, Tag, TeamId
from chalicelib.targets import LONGEST_URL
from chalicelib.web.fitting import one_of
from chalicelib.web.schemas import Count, Doc, Id, NextCursor, Time
from chalicelib.web.times import Moment
from chalicelib.webhooks.fan_out import CHOICE

Url = Annotated[
    str, StringConstraints(max_length=LONGEST_URL, pattern=r"^https?://[A-Za-z0-9][!-~]*$")
]
EventName = Literal[CHOICE]  # type: ignore[valid-type]
Events = Annotated[list[EventName], Field(min_length=1, max_length=len(CHOICE))]
Surveys = Annotated[list[SurveyId], Field(min_length=1, max_length=100)]
KindWord = Literal["standard", "slack", "teams"]
OffWord = Literal["by_key", "gone", "failed"]

EXAMPLE = {
    "name": "Warehouse",
    "url": "https://hooks.example.com/heed",
    "events": ["ResponseRecorded", "TaskClosed"],
    "team": "service-desk",
}


class WebhookBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Line
    url: Url
    kind: KindWord = "standard"
    events: Events
    surveys: Surveys | None = None
    team: TeamId
    lang: Tag = "en"


class WebhookChange(BaseModel):
    """What is left out stays."""

    model_config = ConfigDict(extra="forbid")

    name: Line | None = None
    url: Url | None = None
    events: Events | None = None
    surveys: Surveys | None = None
    team: TeamId | None = None
    lang: Tag | None = None
    enabled: bool | None = None


class ReplayBody(BaseModel):
    """One `delivery`, or all `since` a time; of those the ones that were taken only with
    `delivered`."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=one_of(("since", "delivery")))

    since: Annotated[Moment | None, Doc(type="string", format="date-time")] = None
    delivery: Annotated[str, StringConstraints(pattern=r"^[a-z2-7]{26}$")] | None = None
    delivered: bool = False

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.since is None) == (self.delivery is None):
            raise ValueError("give `since` or `delivery`")
        return self


class Webhook(TypedDict):
    id: Id
    name: str
    kind: KindWord
    url: Annotated[str | None, Doc("Null where the address is a secret, as of Slack and Teams.")]
    host: str
    events: list[EventName]
    surveys: Annotated[list[str] | None, Doc("Null: all of them.")]
    team: Annotated[str, Doc("Who is written to when it fails.")]
    lang: Annotated[str, Doc("BCP 47: of the messages to Slack and Teams. Other calls have none.")]
    enabled: bool
    off: Annotated[
        OffWord | None,
        Doc("Why it is not called: a key said so, it answered 410, or it took nothing for days."),
    ]
    failing_since: Annotated[Time | None, Doc("It has taken nothing since then.")]
    created_at: Time
    created_by: Annotated[str, Doc("The id of a key.")]


class WebhookWithSecret(Webhook):
    secret: Annotated[
        str | None, Doc("What signs the calls. Shown once, when Heed made it; null otherwise.")
    ]


class WebhookPage(TypedDict):
    items: list[Webhook]
    next: NextCursor


class Delivery(TypedDict):
    id: Annotated[Id, Doc("The `webhook-id` of each of its tries.")]
    event: str
    survey: str | None
    state: Annotated[
        Literal["waiting", "queued", "sent", "failed", "suppressed"],
        Doc("`failed`: tried in vain. `suppressed`: not tried, and `reason` says why."),
    ]
    created_at: Time
    tries: Count
    last_at: Annotated[Time | None, Doc("When it was tried last.")]
    next_at: Annotated[Time | None, Doc("When it is tried again.")]
    status: Annotated[int | None, Doc("What the receiver answered last.")]
    reason: str | None


class DeliveryPage(TypedDict):
    items: list[Delivery]
    next: NextCursor


class Queued(TypedDict):
    delivery: Id


class Replayed(TypedDict):
    deliveries: Annotated[Count, Doc("So many are sent again.")]
    next: Annotated[Time | None, Doc("`since` of the next request, null when that was all.")]
