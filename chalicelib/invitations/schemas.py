from pydantic import Field

from chalicelib.invitations.invitation import Ended, Reason, Status
from chalicelib.web.schemas import Id, Ticket, Time
from chalicelib.web.shape import Shape


class Invitation(Shape):
    id: Id
    survey: Id
    status: Status
    reason: Reason | None = Field(description="Why no e-mail goes out.")
    ended: Ended | None = Field(description="Refused or bounced; an answer counts all the same.")
    ticket: Ticket | None
    segments: dict[str, str]
    locale: str | None
    created_at: Time
    due_at: Time | None = Field(description="When it is sent, while it waits.")
    sent_at: Time | None
    expires_at: Time


class AnswerLink(Shape):
    score: int
    url: str


class Links(Shape):
    id: Id = Field(description="The invitation's.")
    expires_at: Time
    warning: Reason | None = Field(
        description="The person asked for no e-mails, or cannot be reached by them."
    )
    links: list[AnswerLink]
    html: str = Field(description="The row of links, to be put into an e-mail.")
    text: str
