"""A ticket as the API shows it."""

from typing_extensions import TypedDict

from chalicelib.invitations import invitation


class Ticket(TypedDict):
    id: str
    subject: str | None
    url: str | None


def show_ticket(ticket: invitation.Ticket | None) -> Ticket | None:
    return {"id": ticket.id, "subject": ticket.subject, "url": ticket.url} if ticket else None
