"""HubSpot: the Webhooks API of an app, which sends many at once, or a workflow's *Send a
webhook*, which can tell an address. https://developers.hubspot.com/docs/api/webhooks"""

from typing import Any

from chalicelib.helpdesks.bodies import read_json_value
from chalicelib.helpdesks.paths import Path, Place, text_of
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
        # The second is that of an app on the newer platform, which hears of all kinds of objects.
        "subscriptionType": ("ticket.propertychange", "object.propertychange"),
        "objectTypeId": ("0-5", ""),
        "propertyName": ("hs_pipeline_stage",),
    },
)


def _only(path: str) -> Path:
    """Addresses of contacts are in one text. Of several, nobody knows who asked."""

    def address(place: Place) -> object:
        found = place.find(path)
        return None if ";" in text_of(found) else found

    return address


WORKFLOW = Shape(
    ticket="objectId",
    subject="properties.subject.value",
    status="properties.hs_pipeline_stage.value",
    solved=CLOSED,
    email=_only("properties.email.value|properties.hs_all_associated_contact_emails.value"),
    name="properties.name.value",
    solved_at="properties.closed_date.value|properties.hs_last_closed_date.value",
    delivery=("objectId", "properties.closed_date.value"),
)
# The keys that the admin types under *Customize request body*.
CUSTOM = Shape(
    ticket="ticket_id",
    subject="subject",
    status="stage",
    solved=(*CLOSED, ""),
    email=_only("email"),
    name="name",
    language="language",
    external_id="contact_id",
    agent="owner_email",
    group="pipeline",
    organization="company",
    solved_at="closed_at",
    delivery=("ticket_id", "closed_at"),
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
    shapes=[EVENT, WORKFLOW, CUSTOM],
    read=_items,
    many=True,
    retries=True,
    lost="An app tries again for a day, a workflow for three, unless it is answered 4xx.",
    paste="""\
A workflow on tickets, *Ticket status is Closed*, is the way that tells whose ticket it is.

1. Action *Send a webhook*: POST, `HOOK_URL`, authentication *API key*, name `X-Heed-Secret`,
   location *Request header*, value `SECRET`.
2. Request body, *Customize*: the keys `ticket_id` (Ticket ID), `subject` (Ticket name), `closed_at`
   (Close date), and of the associated contact `email` (Email), `name` (First name) and `contact_id`
   (Record ID: the directory knows the address by it, if `email` is empty). If only properties of
   the ticket are offered, take *All associated contact emails* for `email`, or *Include all ticket
   properties* as the body. Of several contacts nobody knows who asked: the log of the hook says
   `address_unknown`.
3. Let the ticket enroll again (*Re-enrollment*) when it is closed again.

An app (*Webhooks*, target URL `HOOK_URL`, *Ticket*, *Property changed*, `hs_pipeline_stage`; the
client secret of the app is the secret of the hook) tells neither an address nor whose ticket it is.
Nobody can be asked of what it sends; the log says `address_unknown`. It takes back invitations that
wait when a ticket is opened again.

The stage `4` is *Closed* in the pipeline that HubSpot comes with. For others add the ids of your
closed stages to the address: `HOOK_URL?solved=4,1234567`.
""",
)
