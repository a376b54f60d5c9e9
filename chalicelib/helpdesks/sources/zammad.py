"""Zammad: the webhook of a trigger, with its own payload or with the one below.
https://admin-docs.zammad.org/en/latest/manage/webhook/add.html"""

from chalicelib.helpdesks.signatures import Hmac, secret_itself
from chalicelib.helpdesks.source import THANK_YOU, Shape, Source
from chalicelib.helpdesks.times import nobody_answered

OWN = Shape(
    ticket="ticket.number",
    subject="ticket.title",
    status="ticket.state",
    solved=("closed",),
    email="ticket.customer.email",
    name=("ticket.customer.firstname", "ticket.customer.lastname"),
    external_id="ticket.customer.login",
    agent="ticket.owner.email",
    group="ticket.group.name",
    organization="ticket.organization.name",
    solved_at="ticket.last_close_at|ticket.close_at|ticket.updated_at",
    changed_at="ticket.updated_at",
    delivery=("h:x-zammad-delivery",),
    known_by="ticket.customer",
    thanked={
        # `close_at` is that of the first time.
        nobody_answered(
            "ticket.close_at", "ticket.last_contact_customer_at", "ticket.last_contact_agent_at"
        ): ("true",)
    },
    not_asked={"merged": ("ticket.state", ("merged",)), "spam": ("ticket.state", ("removed",))},
)
CUSTOM = Shape(
    ticket="ticket.number|ticket.id",
    known_by="ticket",
    subject="ticket.subject",
    status="ticket.status",
    solved=("closed", "solved", ""),
    email="requester.email",
    name="requester.name",
    language="requester.language",
    agent="assignee.email",
    group="group",
    organization="organization",
    solved_at="ticket.closed_at",
    delivery=("h:x-zammad-delivery",),
    wanted={"event": ("ticket.solved", "")},
    reopened={"event": ("ticket.reopened",)},
    thanked={"ticket.tags": THANK_YOU},
    not_asked={"merged": ("ticket.status", ("merged",))},
    closed={
        "ticket": "id number subject status tags closed_at",
        "requester": "email name language",
    },
    once=("ticket", "requester"),
)
SOURCE = Source(
    name="zammad",
    title="Zammad",
    docs="https://admin-docs.zammad.org/en/latest/manage/webhook/add.html",
    signed=[Hmac("x-hub-signature", digest="sha1", prefix="sha1="), secret_itself],
    shapes=[OWN, CUSTOM],
    retries=True,
    lost="Tried four times more within two minutes.",
    thanks="The payload as it is: closed again, and nobody answered what the customer wrote since"
    " it was closed first. The one below: the tag `thank_you`, which a trigger may set.",
    paste="""\
1. *Manage*, *Webhook*: endpoint `HOOK_URL`, *HMAC SHA1 Signature Token* `SECRET`. Leave the payload
   as it is, or take this one, which tells no more than is needed:

```json
{
  "event": "ticket.solved",
  "ticket": {
    "id": "#{ticket.id}",
    "number": "#{ticket.number}",
    "subject": "#{ticket.title}",
    "status": "#{ticket.state.name}",
    "tags": "#{ticket.tags}",
    "closed_at": "#{ticket.last_close_at}"
  },
  "requester": {"name": "#{ticket.customer.fullname}", "email": "#{ticket.customer.email}"},
  "assignee": {"email": "#{ticket.owner.email}"},
  "group": "#{ticket.group.name}",
  "organization": "#{ticket.organization.name}"
}
```

   Keep this order: Zammad escapes nothing, and of a key that a name adds the last one counts. A
   subject with a quotation mark is lost with it (`shape_unknown` in the log of the hook), so the
   payload as it is is better.
2. *Manage*, *Trigger*: condition *State* is closed and *Action* is updated; execute this webhook.
3. With the payload as it is, a second trigger for *State* is open takes back an invitation that
   waits.
""",
)
