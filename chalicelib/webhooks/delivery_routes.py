"""The routes that show what was sent to a webhook, and send it again."""

from typing import Any

from chalicelib import moments, sent_keys
from chalicelib.api_keys.api_key import Scope
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.web.answer import accepted, ok
from chalicelib.web.call import Call, json_body
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.endpoint import endpoint
from chalicelib.web.pagination import PageQuery
from chalicelib.webhooks import schemas, wiring
from chalicelib.webhooks.delivery import Delivery
from chalicelib.webhooks.routes import PEOPLE_TOO, reached
from chalicelib.webhooks.schemas import DeliveryPage, Queued, ReplayBody, Replayed
from chalicelib.webhooks.send_again import send_again_since, send_one_again, send_test
from chalicelib.webhooks.webhook import Webhook


@endpoint(
    "Send a test to a webhook",
    accepted("It is on its way; the deliveries tell what became of it.", Queued),
    description=f"{PEOPLE_TOO} 409 when the webhook is off.",
    scope=Scope.WEBHOOKS_WRITE,
    by_survey=True,
    conflicts=True,
)
def test_webhook(call: Call[Any, Any], webhook: str) -> Queued:
    found = _told(call, webhook)
    return {"delivery": send_test(found, call.now, wiring.delivery_log())}


@endpoint(
    "List what was sent to a webhook",
    ok("The newest first, of 30 days, without what was said.", DeliveryPage),
    description=PEOPLE_TOO,
    scope=Scope.WEBHOOKS_READ,
    query=PageQuery,
    by_survey=True,
)
def list_deliveries(call: Call[PageQuery, Any], webhook: str) -> DeliveryPage:
    found = _told(call, webhook)
    after = listed_after(call.query.cursor, sent_keys.deliveries_to(found.id))
    page, last = wiring.delivery_log().page(found.id, call.query.limit, after)
    return {"items": [_shown(delivery) for delivery in page], "next": encode_cursor(last)}


@endpoint(
    "Send again what was sent to a webhook, or was in vain",
    accepted("So many wait to be sent again.", Replayed),
    description=f"{PEOPLE_TOO} With the same `webhook-id`, by which a receiver knows a repeat. Of"
    " an answer its score of now is sent. 409 when the webhook is off.",
    scope=Scope.WEBHOOKS_WRITE,
    body=json_body(ReplayBody, {"since": "2026-11-20T00:00:00Z"}),
    by_survey=True,
)
def replay(call: Call[Any, ReplayBody], webhook: str) -> Replayed:
    found, body, log = _told(call, webhook), call.body, wiring.delivery_log()
    if body.since is None:
        done = send_one_again(found, str(body.delivery), call.now, log)
    else:
        done = send_again_since(found, body.since, body.delivered, call.now, log)
    return {
        "deliveries": done.deliveries,
        "next": moments.to_text(done.next) if done.next else None,
    }


def _told(call: Call[Any, Any], webhook: str) -> Webhook:
    """Raises NotFound, or Forbidden: when somebody answered is told by when it was sent."""
    found = reached(call, webhook)
    disclosure_for(call.key).require_people()
    return found


def _shown(delivery: Delivery) -> schemas.Delivery:
    last, due = delivery.last_at, delivery.due_at
    return {
        "id": delivery.id,
        "event": delivery.event,
        "survey": delivery.survey,
        "state": delivery.state.value,
        "created_at": moments.to_text(delivery.created_at),
        "tries": delivery.attempts,
        "last_at": moments.to_text(last) if last else None,
        "next_at": moments.to_text(due) if due else None,
        "status": delivery.answer,
        "reason": delivery.reason,
    }
