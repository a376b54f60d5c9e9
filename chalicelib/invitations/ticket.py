"""What a ticket looks like from outside, wherever it is shown."""

from chalicelib.invitations.invitation import Ticket


def show_ticket(ticket: Ticket | None) -> dict[str, str | None] | None:
    return {"id": ticket.id, "subject": ticket.subject, "url": ticket.url} if ticket else None
