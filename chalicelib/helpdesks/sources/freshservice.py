"""Freshservice: the web request of a workflow. Its names have to be looked up in your tenant, as
no page of the vendor lists them."""

from msgspec.structs import replace

from chalicelib.helpdesks.bodies import read_rendered
from chalicelib.helpdesks.signatures import secret_itself
from chalicelib.helpdesks.source import Shape, Source

WRAPPED = Shape(
    root="freshservice_webhook",
    ticket="ticket_id",
    subject="ticket_subject",
    url="ticket_url",
    status="ticket_status",
    solved=("resolved", "closed", "4", "5"),
    email="ticket_requester_email|requester_email",
    name="ticket_requester_name|requester_name",
    agent="ticket_agent_email|agent_email",
    group="ticket_group_name|group_name",
    organization="ticket_department_name|department_name",
    facts={
        "department": "ticket_department_name|department_name",
        "location": "ticket_requester_location_name|requester_location_name",
    },
    delivery=("ticket_id", "ticket_status"),
    not_asked={"spam": ("ticket_spam", ("true",))},
    escaped=True,
    once=("ticket_requester_email", "requester_email"),
)
SOURCE = Source(
    name="freshservice",
    title="Freshservice",
    docs="https://support.freshservice.com/",
    signed=[secret_itself],
    shapes=[WRAPPED, replace(WRAPPED, root="")],
    read=read_rendered,
    retries=False,
    lost="Not published: take a failed call for lost.",
    paste="""\
1. Admin, *Workflow Automator*: a workflow on *Ticket is updated*, status changed to Resolved.
2. A *Trigger Webhook* node: POST, URL `HOOK_URL`, header `Authorization: Bearer SECRET` (or *Basic*
   with any user name and `SECRET` as password), content JSON, *Advanced*, with this text. Pick each
   placeholder from the list of the editor, and keep `| escape` behind each text: it keeps a
   quotation mark in a subject inside its text.

```json
{
  "freshservice_webhook": {
    "ticket_id": "{{ticket.id}}",
    "ticket_subject": "{{ticket.subject | escape}}",
    "ticket_status": "{{ticket.status}}",
    "ticket_url": "{{ticket.url}}",
    "ticket_requester_email": "{{ticket.requester.email}}",
    "ticket_requester_name": "{{ticket.requester.name | escape}}",
    "ticket_requester_location_name": "{{ticket.requester.location_name | escape}}",
    "ticket_department_name": "{{ticket.department.name | escape}}",
    "ticket_agent_email": "{{ticket.agent.email}}",
    "ticket_group_name": "{{ticket.group.name | escape}}"
  }
}
```

3. A second workflow, status changed from Resolved to Open or Pending (not to Closed), with the same
   node: it takes back an invitation that waits.
""",
)
