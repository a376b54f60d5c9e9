"""Intercom: the webhooks of an app, for conversations and for tickets.
https://developers.intercom.com/docs/webhooks/webhook-notifications"""

from chalicelib.helpdesks.paths import Path, Place
from chalicelib.helpdesks.signatures import Hmac
from chalicelib.helpdesks.source import Shape, Source
from chalicelib.helpdesks.times import nobody_answered


def _of_customer(field: str) -> Path:
    """Of whoever began the conversation, unless the team did. Before version 2 of the API the
    customer is the `user`."""
    author, user = "data.item.source.author", f"data.item.user.{field}"

    def found(place: Place) -> object:
        began = place.text(f"{author}.type") not in ("admin", "bot", "team")
        return place.find(f"{author}.{field}|{user}" if began else user)

    return found


CONTACT = (
    "data.item.contacts.contacts[0].external_id|data.item.contacts.contacts[0].id"
    "|data.item.user.user_id|data.item.user.id"
)
TOLD = "data.item.statistics"


def _answered(place: Place) -> str:
    """A customer's answer opens what was closed, and nobody of the team does."""
    was_closed = place.find(f"{TOLD}.last_close_at|{TOLD}.first_close_at")
    is_open = place.text("data.item.state") == "open"
    return place.text("topic") if was_closed and is_open else ""


CONVERSATION = Shape(
    ticket="data.item.id",
    known_by="data.item.state|data.item.open",
    subject="data.item.source.subject|data.item.title|data.item.conversation_message.subject",
    # `open` alone before version 2.
    status="data.item.state|data.item.open",
    solved=("closed", "false"),
    email=_of_customer("email"),
    name=_of_customer("name"),
    language="data.item.custom_attributes.Language",
    external_id=CONTACT,
    agent="data.item.assignee.email",
    group="data.item.team_assignee_id",
    solved_at="data.item.statistics.last_close_at|data.item.updated_at",
    delivery=("id",),
    wanted={"topic": ("conversation.admin.closed",)},
    reopened={
        "topic": ("conversation.admin.opened",),
        _answered: ("conversation.user.replied",),
    },
    thanked={
        nobody_answered(
            f"{TOLD}.first_close_at", f"{TOLD}.last_contact_reply_at", f"{TOLD}.last_admin_reply_at"
        ): ("true",)
    },
    changed_at="data.item.updated_at",
)
TICKET = Shape(
    ticket="data.item.ticket_id|data.item.id",
    known_by="data.item.ticket_state",
    subject="data.item.ticket_attributes._default_title_",
    status="data.item.ticket_state.category|data.item.ticket_state",
    solved=("resolved",),
    external_id=CONTACT,
    group="data.item.team_assignee_id",
    solved_at="data.item.updated_at",
    delivery=("id",),
    wanted={"topic": ("ticket.closed", "ticket.state.updated")},
)
SOURCE = Source(
    name="intercom",
    title="Intercom",
    docs="https://developers.intercom.com/docs/webhooks/webhook-notifications",
    signed=[Hmac("x-hub-signature", digest="sha1", prefix="sha1=")],
    shapes=[TICKET, CONVERSATION],
    tests={"topic": ("ping",)},
    retries=True,
    lost="Tried once more after a minute.",
    thanks="A conversation is closed again and nobody answered what the customer wrote since it was"
    " closed first (`statistics`). Of a ticket it is not told.",
    paste="""\
Developer Hub, your app, *Webhooks*: endpoint URL `HOOK_URL`, topics `conversation.admin.closed`,
`conversation.admin.opened` and `conversation.user.replied` (they take back an invitation that
waits: a customer's answer opens a closed conversation), and `ticket.closed`. The client secret of
the app (*Basic information*) is the secret of the hook.

A conversation that the customer began tells the address. Tickets, and conversations that your team
began, tell ids: the contact is looked up in the directory by its external id.
""",
)
