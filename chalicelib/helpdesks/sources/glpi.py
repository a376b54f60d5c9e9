"""GLPI 11: a webhook on tickets. It tells every change and no address.
https://github.com/glpi-project/glpi/blob/main/src/Webhook.php, QueuedWebhook.php beside it"""

import hmac
import re
from collections.abc import Mapping
from datetime import timedelta

from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.signatures import Hmac, body_then_time
from chalicelib.helpdesks.source import NewestFirst, Shape, Source

# No body that Heed takes looks like this: what is answered here signs no delivery.
TOKEN = re.compile(r"[A-Za-z0-9_-]{1,200}")


def answer_crc(query: Mapping[str, str], secrets: NewestFirst) -> str | None:
    """The challenge by which GLPI looks whether the address has its secret."""
    token = query.get("crc_token", "")
    newest = secrets()[:1] if TOKEN.fullmatch(token) else []
    if not newest:
        return None
    return hmac.digest(newest[0].encode(), token.encode(), "sha256").hex()


def _serving(place: Place) -> list[str]:
    team = place.find("team")
    members = [Place(each, each, {}) for each in team] if isinstance(team, list) else []
    return [each.text("name") for each in members if each.text("role") == "assigned"]


SOURCE = Source(
    name="glpi",
    title="GLPI",
    docs="https://glpi-user-documentation.readthedocs.io/fr/latest/modules/configuration/webhooks.html",
    signed=[
        # GLPI signs when it queues, and its cron sends, and sends again what was not taken.
        Hmac(
            "x-glpi-signature",
            body_then_time,
            time="x-glpi-timestamp",
            window=timedelta(days=1),
        )
    ],
    shapes=[
        Shape(
            root="item",
            ticket="id",
            subject="name",
            status="status.id",
            solved=("5", "6"),
            name="team[role=requester].name",
            external_id="team[role=requester].name",
            agent_ids=_serving,
            group="team[type=Group].name",
            organization="entity.name",
            facts={"location": "location.name"},
            changed_at="date_mod",
            tells_edits=True,
            delivery=("id", "status.id", "date_mod"),
            wanted={"^event": ("update",)},
            not_asked={"deleted": ("is_deleted", ("true",))},
        )
    ],
    challenge=answer_crc,
    retries=True,
    lost="Stays in GLPI's queue: the cron sends it again, as often as the webhook says, and *Send*"
    " in the queue does it by hand. It was signed when the ticket changed, and Heed takes it for a"
    " day.",
    paste="""\
1. *Setup*, *Webhooks*: item type Ticket, event Update, URL `HOOK_URL`. GLPI makes the secret: give
   it to Heed as the secret of the hook. *Use CRA challenge*: *Validate* works.
   Let the cron of GLPI run each minute: it sends what is queued. Heed takes what was signed
   within a day.
2. Set no filter. GLPI sends every change and no status before it, so Heed keeps the last one: a
   solved ticket that is edited or closed is not asked about again until it was open. With the
   filter *Status* is Solved no reopening is told: an invitation that waits goes out all the same,
   and a ticket is asked about once in 60 days.
3. GLPI tells no address. Put each requester's login into Heed's directory as the id in GLPI.
""",
)
