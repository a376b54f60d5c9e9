"""HubSpot: the Webhooks API of an app, which sends many at once, or a workflow's *Send a
webhook*. Neither tells an address. https://developers.hubspot.com/docs/api/webhooks"""

from typing import Any

from chalicelib.helpdesks.bodies import read_json_value
from chalicelib.helpdesks.signatures import Delivery, Hmac, secret_itself
from chalicelib.helpdesks.source import Shape, Source

CLOSED = ("4",)  # of the pipeline that HubSpot comes with


def _signed(delivery: Delivery, time: bytes) -> bytes:
    return delivery.method.encode() + delivery.address().encode() + delivery.raw + time


def _items(raw: bytes) -> list[Any]:
    body = read_json_value(raw)
    return body if isinstance(body, list) else [body]


EVENT = Shape(
    ticket="objectId",
    known_by="subscriptionType",
    status="propertyValue",
    solved=CLOSED,
    solved_at="occurredAt",
    delivery=("eventId", "subscriptionId", "occurredAt"),
    wanted={
        "subscriptionType": ("ticket.propertychange",),
        "propertyName": ("hs_pipeline_stage",),
    },
)
WORKFLOW = Shape(
    ticket="objectId",
    subject="properties.subject.value",
    status="properties.hs_pipeline_stage.value",
    solved=CLOSED,
    email="properties.email.value",
    name="properties.name.value",
    solved_at="properties.closed_date.value",
    delivery=("objectId", "properties.closed_date.value"),
)
SOURCE = Source(
    name="hubspot",
    title="HubSpot",
    docs="https://developers.hubspot.com/docs/api/webhooks/validating-requests",
    signed=[
        Hmac(
            "x-hubspot-signature-v3",
            _signed,
            form="base64",
            time="x-hubspot-request-timestamp",
            clock="ms",
        ),
        secret_itself,
    ],
    shapes=[EVENT, WORKFLOW],
    read=_items,
    many=True,
    retries=True,
    lost="An app tries again for a day. A workflow tries again for what is no 4xx.",
    paste="""\
- An app: *Webhooks*, target URL `HOOK_URL`, subscribe to *Ticket*, *Property changed*,
  `hs_pipeline_stage`. The client secret of the app is the secret of the hook.
- Or a workflow on tickets: *Send a webhook*, POST, `HOOK_URL`, authentication *Include API key in
  request header*, name `X-Heed-Secret`, value `SECRET`.

The stage `4` is *Closed* in the pipeline that HubSpot comes with. For others add the ids of your
closed stages to the address: `HOOK_URL?solved=4,1234567`.

HubSpot tells no address, and not whose ticket it is. Add the contact's e-mail to the ticket as a
property named `email` and send it from a workflow. Of what an app sends nobody can be asked: the
log of the hook says `address_unknown`.
""",
)
