"""What the routes of people take and give."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from typing_extensions import TypedDict

from chalicelib.accounts.schemas import Contact
from chalicelib.invitations.external_ids import MOST_IDS
from chalicelib.invitations.fields import Address, CallersId
from chalicelib.invitations.invitation import Ended, Reason, Status
from chalicelib.invitations.throttle import Unreachable
from chalicelib.invitations.ticket import Ticket
from chalicelib.members.schemas import AppMember
from chalicelib.outcomes.schemas import Outcome, PersonId
from chalicelib.people.erasure import Progress
from chalicelib.responses.judge.verdict import State
from chalicelib.surveys.fields import SegmentValue, Tag
from chalicelib.surveys.promises import Identity
from chalicelib.tasks.task import State as TaskState
from chalicelib.web.fitting import one_of
from chalicelib.web.pagination import PageQuery
from chalicelib.web.query import Query
from chalicelib.web.schemas import Count, Doc, Id, NextCursor, Time

WHOM = ("email", "person")
ExternalId = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z0-9_]{1,40}:[!-~]{1,200}$", strip_whitespace=True, to_lower=True
    ),
]


class ErasureBody(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra=one_of(WHOM))

    email: Address | None = None
    person: PersonId | None = None


class ResubscriptionBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    email: Address
    survey: CallersId | None = Field(None, description="Without it: all that the person stopped.")


class Resubscription(TypedDict):
    """What was lifted."""

    person: Id
    unsubscribed: Annotated[bool, Doc("They had stopped all survey e-mails.")]
    surveys: Annotated[list[str], Doc("Those that they had stopped alone.")]
    unreachable: Annotated[Unreachable | None, Doc("Why no mail may go to them; null: one may.")]
    lifted_at: Time
    lifted_by: Annotated[Id, Doc("The key. It is kept with the person.")]


class PersonQuery(Query):
    person: PersonId | None = Field(None, description="The id, as a list of responses shows it.")
    email: Address | None = Field(None, description="Proxies may write it down: prefer the id.")


class FactsBody(BaseModel):
    """What is missing is not known, and is forgotten if it was."""

    model_config = ConfigDict(extra="forbid")

    role: SegmentValue | None = None
    location: SegmentValue | None = None
    account: CallersId | None = None
    language: Tag | None = None


class PersonBody(FactsBody):
    email: Address
    external_ids: list[ExternalId] = Field(
        default=[],
        max_length=MOST_IDS,
        description="What other tools call the person, such as `jira:5b10ac8d82e05b22cc7d4ef5`: the"
        " name of the source and the id. The address is kept with them.",
    )


class PeopleQuery(PageQuery):
    account: CallersId | None = Field(None, description="Only of this account.")


class DryRunQuery(Query):
    dry_run: Literal["true", "false"] = Field(
        "false", description="`true` only says what would become of each row."
    )


class PersonKnown(TypedDict):
    """Neither name nor address is shown."""

    id: Annotated[Id, Doc("The keyed hash of the address.")]
    role: str | None
    location: str | None
    account: str | None
    language: Annotated[str | None, Doc("BCP 47.")]
    external_ids: Annotated[list[str], Doc("What other tools call the person.")]
    changed_at: Time


class PersonList(TypedDict):
    items: list[PersonKnown]
    next: NextCursor


class Erased(TypedDict):
    """How many went."""

    invitations: Count
    responses: Count
    comments: Count
    tasks: Count
    notes: Count
    reminders: Count
    follow_ups: Count
    mail_ids: Count
    visits: Count
    ledger: Annotated[Count, Doc("Rows that told when the person was asked.")]
    directory: Annotated[Count, Doc("What the directory said of the person.")]
    stopped: Annotated[Count, Doc("Whether it was kept which letters the person had stopped.")]
    contacts: Count
    teams: Annotated[Count, Doc("Teams that the person left.")]
    served: Annotated[Count, Doc("Invitations that named the person as whoever served.")]
    members: Annotated[Count, Doc("1: the person could sign in to the pages.")]
    typed: Annotated[
        Count, Doc("Answers to anonymous surveys to which the person typed their address.")
    ]
    outcomes: Count
    unfindable: Annotated[
        Count, Doc("Invitations to anonymous surveys, whose answers, if any, cannot be found.")
    ]


class Erasure(TypedDict):
    id: Annotated[Id, Doc("It does not tell the person.")]
    state: Annotated[Progress, Doc("`running`: send the same again, or wait an hour.")]
    asked_at: Time
    done_at: Time | None
    erased: Erased
    says: Annotated[
        list[str], Doc("What could not be erased, and what stays without a name; often empty.")
    ]


class ExportedResponse(TypedDict):
    state: State
    score: int | None
    comment: str | None
    answers: Annotated[dict[str, list[str]], Doc("To the survey's questions.")]
    contact: bool
    answered_at: Annotated[
        Time | None,
        Doc("Of a confidential survey the day of its release; null while it waits for one."),
    ]
    changed_at: Time | None


class ExportedTask(TypedDict):
    state: TaskState
    cause: str | None
    note: Annotated[str | None, Doc("With which it was closed.")]
    notes: Annotated[list[str], Doc("Of its history.")]
    tell: Annotated[str | None, Doc("What they were told.")]
    helped: Annotated[bool | None, Doc("What they said to it.")]
    created_at: Time
    due_at: Time
    closed_at: Time | None


class ExportedInvitation(TypedDict):
    """What was asked, with what came of it."""

    id: Id
    survey: Id
    identity: Annotated[
        Identity,
        Doc(
            "`anonymous`: whether and what the person answered cannot be found. `confidential`:"
            " `response` is for a key that has the scope ballots:open too, and leaves a record."
        ),
    ]
    status: Status
    reason: Reason | None
    ended: Ended | None
    email: str | None
    name: str | None
    ticket: Ticket | None
    segments: dict[str, str]
    locale: str | None
    account: str | None
    created_at: Time
    sent_at: Time | None
    response: ExportedResponse | None
    task: ExportedTask | None


class ExportedPerson(TypedDict):
    person: Id
    unsubscribed_at: Time | None
    left_surveys: Annotated[list[str], Doc("Those that the person wants no more e-mails of.")]
    bounced_at: Time | None
    complained_at: Time | None
    erased_at: Time | None
    stopped: Annotated[
        dict[str, Time],
        Doc("Letters that the person stopped, by their kind, such as `task_opened` or `digest`."),
    ]
    directory: Annotated[PersonKnown | None, Doc("What the directory says; null: nothing.")]
    invitations: list[ExportedInvitation]
    contacts: list[Contact]
    teams: Annotated[list[str], Doc("Ids of the teams that the person is in.")]
    member: Annotated[AppMember | None, Doc("As whom the person signs in to the pages.")]
    served: Annotated[list[str], Doc("Invitations that name the person as whoever served.")]
    typed: Annotated[
        list[str], Doc("Answers to anonymous surveys to which the person typed their address.")
    ]
    outcomes: list[Outcome]


PERSON_EXAMPLE = {"email": "ingrid.solheim@example.com", "role": "manager", "location": "Oslo"}
EXAMPLE = {"email": "ingrid.solheim@example.com"}
