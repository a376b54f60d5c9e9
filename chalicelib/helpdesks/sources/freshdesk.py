"""Freshdesk: the webhook of an automation rule, with simple or with advanced content. It signs
nothing. https://support.freshdesk.com/support/solutions/articles/132589"""

import re

from chalicelib.helpdesks.bodies import read_rendered
from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.signatures import secret_itself
from chalicelib.helpdesks.source import THANK_YOU, Shape, Source

# 4 is resolved, 5 is closed, in whatever language the text is.
SOLVED = ("resolved", "closed", "4", "5")


def _change(place: Place, which: str) -> str:
    """`triggered_event` is {status:{from:2,to:4}}, which is no JSON."""
    found = re.search(rf"status:\{{[^}}]*{which}:\"?(\d+)", place.text("triggered_event"))
    return found[1] if found else ""


def _status(place: Place) -> str:
    return _change(place, "to") or place.text("ticket_status|ticket.status")


def _before(place: Place) -> str:
    return _change(place, "from")


SIMPLE = Shape(
    root="freshdesk_webhook",
    ticket="ticket_id",
    subject="ticket_subject",
    url="ticket_url",
    status=_status,
    solved=SOLVED,
    before=_before,
    # The keys follow the boxes that the admin ticks.
    email="ticket_contact_email|requester_email|ticket_requester_email",
    name="ticket_contact_name|requester_name|ticket_requester_name",
    agent="ticket_agent_email|agent_email",
    group="ticket_group_name|group_name",
    organization="ticket_company_name|company_name",
    delivery=("ticket_id", "triggered_event"),
    thanked={"ticket_tags": THANK_YOU},
    not_asked={"spam": ("ticket_spam", ("true",))},
    once=("ticket_contact_email", "requester_email", "ticket_requester_email"),
)
ADVANCED = Shape(
    ticket="ticket.id",
    known_by="ticket",
    subject="ticket.subject",
    url="ticket.url",
    status=_status,
    solved=(*SOLVED, ""),
    before=_before,
    email="requester.email",
    name="requester.name",
    agent="agent.email",
    group="ticket.group",
    organization="company",
    delivery=("ticket.id", "triggered_event"),
    wanted={"event": ("ticket.resolved", "")},
    reopened={"event": ("ticket.reopened",)},
    thanked={"ticket.tags": THANK_YOU},
    closed={"ticket": "id subject status tags url group priority type", "requester": "name email"},
    once=("ticket", "requester"),
    escaped=True,
)
SOURCE = Source(
    name="freshdesk",
    title="Freshdesk",
    docs="https://support.freshdesk.com/support/solutions/articles/132589",
    signed=[secret_itself],
    shapes=[SIMPLE, ADVANCED],
    read=read_rendered,
    retries=True,
    lost="Tried again after 5, 30 and 60 minutes; then Freshdesk writes to the admin.",
    thanks="Freshdesk's *Thank You Detector*, where the plan has it, leaves such a ticket resolved,"
    " and nothing is sent: turn it on. Without it the tag `thank_you`, which a rule or an agent may"
    " set, says it.",
    paste="""\
1. Admin, *Automations*, *Ticket updates*: a rule for *Status is changed to Resolved*.
2. Action *Trigger webhook*: request type POST, URL `HOOK_URL`, *Add custom headers*
   `Authorization: Bearer SECRET`, encoding JSON.
3. Content *Simple*, with these boxes: ticket id, subject, status, tags, URL, group, agent email,
   contact name, contact email, company name, triggered event. Or *Advanced*, with this text; pick
   each placeholder from the list of the editor if yours has other names:

```json
{
  "source": "freshdesk",
  "event": "ticket.resolved",
  "ticket": {
    "id": "{{ticket.id}}",
    "subject": "{{ticket.subject | escape}}",
    "status": "{{ticket.status}}",
    "tags": "{{ticket.tags | escape}}",
    "url": "{{ticket.url}}",
    "group": "{{ticket.group.name | escape}}"
  },
  "requester": {
    "name": "{{ticket.requester.name | escape}}",
    "email": "{{ticket.requester.email}}"
  },
  "agent": {"email": "{{ticket.agent.email}}"},
  "company": "{{ticket.requester.company_name | escape}}",
  "triggered_event": "{{triggered_event}}"
}
```

4. A second rule for *Status is changed from Resolved to Open*, with the same webhook; in *Advanced*
   with `"event": "ticket.reopened"`. It takes back the invitation that waits.
""",
)
