"""Whatever can send an HTTP request: signed by Standard Webhooks, or as GitHub signs.
https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md"""

from chalice.app import Response as HttpResponse

from chalicelib.helpdesks.bodies import read_json
from chalicelib.helpdesks.signatures import (
    GITHUB,
    HEED,
    Delivery,
    standard_webhooks,
)
from chalicelib.helpdesks.source import THANK_YOU, Shape, Source
from chalicelib.helpdesks.sources.osticket import CLOSED
from chalicelib.standard_webhooks import new_secret


def _challenge(delivery: Delivery) -> HttpResponse | None:
    """Some tools, as Slack does, ask for a word of theirs before they send anything."""
    body = read_json(delivery.raw)
    asked = body.get("challenge")
    if body.get("type") != "url_verification" or not isinstance(asked, str):
        return None
    return HttpResponse({"challenge": asked})


SOURCE = Source(
    name="generic",
    title="Any tool, by Standard Webhooks",
    docs="https://www.standardwebhooks.com/",
    signed=[standard_webhooks, GITHUB, HEED],
    new_secret=new_secret,
    shapes=[
        Shape(
            ticket="ticket.id",
            known_by="ticket",
            subject="ticket.subject",
            url="ticket.url",
            status="ticket.status",
            solved=("solved", "resolved", "closed", "done", ""),
            email="requester.email",
            name="requester.name",
            language="requester.locale|requester.language",
            external_id="requester.external_id",
            agent="assignee.email",
            group="group.name|group",
            organization="organization.name|organization",
            facts={"*": "segments"},
            solved_at="ticket.solved_at|occurred_at",
            delivery=("h:webhook-id",),
            wanted={"event": ("ticket.solved", "ticket.resolved", "ticket.closed", "")},
            reopened={"event": ("ticket.reopened",)},
            thanked={"ticket.tags": THANK_YOU},
            changed_at="occurred_at|ticket.updated_at|ticket.solved_at",
            closed={
                "ticket": "id url subject status priority tags channel created_at solved_at"
                " updated_at type external_id",
                "requester": "email name external_id locale language time_zone first_name"
                " last_name",
            },
            once=("ticket", "requester"),
        ),
        # A plugin of osTicket may be told this address too.
        CLOSED,
    ],
    tests={"type": ("url_verification",)},
    answer=_challenge,
    retries=True,
    lost="As your tool does: send it again until the answer is 2xx.",
    thanks="`thank_you` in `ticket.tags`, a list or words in a text.",
    paste="""\
POST this to `HOOK_URL`. Only `ticket.id` and `requester.email` have to be there.

```json
{
  "event": "ticket.solved",
  "occurred_at": "2026-11-20T13:45:09Z",
  "ticket": {"id": "48213", "subject": "No Wi-Fi", "url": "https://...", "status": "solved",
             "solved_at": "2026-11-20T13:45:09Z"},
  "requester": {"email": "ingrid@example.com", "name": "Ingrid", "locale": "nb-NO"},
  "assignee": {"email": "tomas@example.org"},
  "group": {"name": "IT Service Desk"},
  "organization": {"name": "Example"},
  "segments": {"department": "Finance"}
}
```

When a ticket is opened again, send the same with `"event": "ticket.reopened"` and the time of that
as `occurred_at`: an invitation that waits is cancelled.

Sign it by [Standard Webhooks](https://www.standardwebhooks.com/) with the secret `SECRET`; there is
a library for most languages. A shell can sign as GitHub does:

```sh
signature=$(openssl dgst -sha256 -hmac "SECRET" -r < body.json | cut -d' ' -f1)
curl -H "X-Hub-Signature-256: sha256=$signature" --data-binary @body.json HOOK_URL
```
""",
)
