"""Zendesk: a webhook of a trigger, with the body below, or an event subscription, which sends
ids only. https://developer.zendesk.com/documentation/webhooks/verifying/"""

from chalicelib.helpdesks.bodies import read_rendered
from chalicelib.helpdesks.signatures import Hmac, time_then_body
from chalicelib.helpdesks.source import THANK_YOU, Shape, Source

MERGED = ("closed_by_merge",)
TRIGGER = Shape(
    ticket="ticket.id",
    known_by="ticket",
    subject="ticket.subject",
    url="ticket.url",
    email="requester.email",
    name="requester.name",
    language="requester.language",
    agent="assignee.email",
    group="group",
    organization="organization",
    solved_at="ticket.updated_at",
    delivery=("h:x-zendesk-webhook-invocation-id",),
    # Its status is text in the account's language: the condition of the trigger sees to it.
    wanted={"event": ("ticket.solved", "")},
    reopened={"event": ("ticket.reopened",)},
    thanked={"ticket.tags": THANK_YOU},
    not_asked={"merged": ("ticket.tags", MERGED)},
    closed={
        "ticket": "id subject url updated_at brand channel created_at external_id priority status"
        " tags type via",
        "requester": "email name language external_id first_name last_name",
    },
    once=("ticket", "requester"),
    escaped=True,
)
EVENT = Shape(
    ticket="detail.id",
    known_by="zendesk_event_version",
    subject="detail.subject",
    external_id="detail.requester_id",
    agent_ids="detail.assignee_id",
    group="detail.group_id",
    organization="detail.organization_id",
    status="event.current",
    solved=("solved", "closed"),
    before="event.previous",
    solved_at="detail.updated_at",
    delivery=("id",),
    wanted={"type": ("zen:event-type:ticket.status_changed",)},
    thanked={"detail.tags": THANK_YOU},
    not_asked={"merged": ("detail.tags", MERGED)},
)
SOURCE = Source(
    name="zendesk",
    title="Zendesk",
    docs="https://developer.zendesk.com/documentation/webhooks/verifying/",
    signed=[
        Hmac(
            "x-zendesk-webhook-signature",
            time_then_body,
            form="base64",
            time="x-zendesk-webhook-signature-timestamp",
            clock="iso",
        )
    ],
    shapes=[EVENT, TRIGGER],
    read=read_rendered,
    retries=True,
    lost="Tried again when Heed answers 503; best effort.",
    thanks="Zendesk marks none. The tag `thank_you` says it, which a trigger on the words of the"
    " comment or an agent may set.",
    paste="""\
1. Admin Center, *Apps and integrations*, *Webhooks*: create one for *Trigger or automation*.
   Endpoint URL `HOOK_URL`, request method POST, format JSON, no authentication. *Reveal secret*
   shows the secret of the hook.
2. A trigger. Conditions (all): Ticket *is* Updated; Status *changed to* Solved; Tags *contains none
   of* `survey_sent`. Actions: Notify active webhook, with this body; Add tags `survey_sent`.

```json
{
  "source": "zendesk",
  "event": "ticket.solved",
  "ticket": {
    "id": "{{ticket.id}}",
    "url": "{{ticket.link}}",
    "subject": "{{ticket.title | escape}}",
    "tags": "{{ticket.tags | escape}}",
    "updated_at": "{{ticket.updated_at_with_timestamp}}"
  },
  "requester": {
    "email": "{{ticket.requester.email}}",
    "name": "{{ticket.requester.name | escape}}",
    "language": "{{ticket.requester.language}}"
  },
  "assignee": {"email": "{{ticket.assignee.email}}"},
  "group": "{{ticket.group.name | escape}}",
  "organization": "{{ticket.organization.name | escape}}"
}
```

3. A second trigger, so that nobody is asked about a ticket that is open again. Conditions (all):
   Ticket *is* Updated; Status *changed from* Solved; Status *is less than* Solved. Actions: Notify
   active webhook, with the same body and `"event": "ticket.reopened"`; Remove tags `survey_sent`.

An event subscription (*Zendesk events*, *Ticket status changed*) works too. It tells no address:
the requester is looked up in the directory by the id that Zendesk has.
""",
)
