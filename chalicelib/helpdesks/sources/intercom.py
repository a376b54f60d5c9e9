"""Intercom: the webhooks of an app, for conversations and for tickets.
https://developers.intercom.com/docs/webhooks/webhook-notifications"""

from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.signatures import Hmac
from chalicelib.helpdesks.source import Shape, Source
from chalicelib.helpdesks.times import nobody_answered


def _of_customer(place: Place) -> object:
    """Whoever began the conversation, unless the team did."""
    author = "data.item.source.author"
    began = place.text(f"{author}.type") not in ("admin", "bot", "team")
    return place.find(f"{author}.email" if began else "data.item.user.email")


def _name(place: Place) -> object:
    author = "data.item.source.author"
    began = place.text(f"{author}.type") not in ("admin", "bot", "team")
    return place.find(f"{author}.name|data.item.user.name" if began else "data.item.user.name")


CONTACT = "data.item.contacts.contacts[0].external_id|data.item.contacts.contacts[0].id"
TOLD = "data.item.statistics"
CONVERSATION = Shape(
    ticket="data.item.id",
    known_by="data.item.state",
    subject="data.item.source.subject|data.item.title",
    status="data.item.state",
    solved=("closed",),
    email=_of_customer,
    name=_name,
    language="data.item.custom_attributes.Language",
    external_id=CONTACT,
    group="data.item.team_assignee_id",
    solved_at="data.item.statistics.last_close_at|data.item.updated_at",
    delivery=("id",),
    wanted={"topic": ("conversation.admin.closed",)},
    reopened={"topic": ("conversation.admin.opened",)},
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
    shapes=[CONVERSATION, TICKET],
    tests={"topic": ("ping",)},
    retries=True,
    lost="Tried once more after a minute.",
    thanks="A conversation is closed again and nobody answered what the customer wrote since it was"
    " closed first (`statistics`). Of a ticket it is not told.",
    paste="""\
Developer Hub, your app, *Webhooks*: endpoint URL `HOOK_URL`, topics `conversation.admin.closed`,
`conversation.admin.opened` (it takes back an invitation that waits) and `ticket.closed`. The client
secret of the app (*Basic information*) is the secret of the hook.

A conversation that the customer began tells the address. Tickets, and conversations that your team
began, tell ids: the contact is looked up in the directory by its external id.
""",
)
