"""The routes that make, change, rotate and delete webhooks. What a webhook is told says who
answered, and when: whoever makes one may know that."""

from typing import Any

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.errors import ForeignSurvey, NotFound
from chalicelib.keys import WEBHOOKS
from chalicelib.web.answer import Reply, created, deleted, made, ok
from chalicelib.web.call import Call, json_body
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.endpoint import endpoint
from chalicelib.web.pagination import BY_REACH, PageQuery
from chalicelib.webhooks import change_webhooks, schemas, wiring
from chalicelib.webhooks.schemas import (
    EXAMPLE,
    WebhookBody,
    WebhookChange,
    WebhookPage,
    WebhookWithSecret,
)
from chalicelib.webhooks.webhook import Webhook

# In the description of a route.
PEOPLE_TOO = "Takes the scope `people:read` too: what is sent tells who answered, and when."


@endpoint(
    "List the webhooks",
    ok("By id, without their secrets.", WebhookPage),
    description=BY_REACH,
    scope=Scope.WEBHOOKS_READ,
    query=PageQuery,
    by_survey=True,
)
def list_webhooks(call: Call[PageQuery, Any]) -> WebhookPage:
    after = listed_after(call.query.cursor, WEBHOOKS)
    found, last = wiring.webhooks().page(call.query.limit, after)
    items = [shown(one) for one in found if call.key.reaches_all(one.surveys)]
    return {"items": items, "next": encode_cursor(last)}


@endpoint(
    "Show a webhook",
    ok("The webhook.", schemas.Webhook),
    scope=Scope.WEBHOOKS_READ,
    by_survey=True,
)
def show_webhook(call: Call[Any, Any], webhook: str) -> schemas.Webhook:
    return shown(reached(call, webhook))


@endpoint(
    "Make a webhook",
    created("The webhook; `secret` proves that a call comes from here.", WebhookWithSecret),
    description=f"{PEOPLE_TOO} docs/webhooks.md shows how to check a call.",
    scope=Scope.WEBHOOKS_WRITE,
    body=json_body(WebhookBody, EXAMPLE),
    repeats=True,
    by_survey=True,
)
def create_webhook(call: Call[Any, WebhookBody]) -> Reply[WebhookWithSecret]:
    disclosure_for(call.key).require_people()
    _refuse_foreign(call, call.body.surveys)
    needs = wiring.change_webhooks_needs()
    # The address is left out: it may be a secret.
    said = {name: value for name, value in call.json.items() if name != "url"}
    once = call.once(["webhooks", said], needs.deliveries)
    found, secret = change_webhooks.add_webhook(call.body, call.key.id, once, call.now, needs)
    return _made(found, secret)


@endpoint(
    "Change a webhook, or turn it off or on again",
    ok("The webhook as it stands now.", schemas.Webhook),
    description=f"{PEOPLE_TOO} What is left out stays. One that was turned off begins anew with"
    " `enabled`.",
    scope=Scope.WEBHOOKS_WRITE,
    body=json_body(WebhookChange, {"enabled": True}),
    by_survey=True,
)
def change_webhook(call: Call[Any, WebhookChange], webhook: str) -> schemas.Webhook:
    found = reached(call, webhook)
    disclosure_for(call.key).require_people()
    if call.body.surveys is not None:
        _refuse_foreign(call, call.body.surveys)
    needs = wiring.change_webhooks_needs()
    return shown(change_webhooks.change_webhook(found, call.body, call.key.id, needs))


@endpoint(
    "Delete a webhook",
    deleted("It is called no more; its secrets are gone."),
    scope=Scope.WEBHOOKS_WRITE,
    by_survey=True,
)
def delete_webhook(call: Call[Any, Any], webhook: str) -> None:
    change_webhooks.delete_webhook(reached(call, webhook), wiring.change_webhooks_needs())


@endpoint(
    "Begin to rotate the secret of a webhook",
    created("The webhook; both secrets sign each call now.", WebhookWithSecret),
    description=f"{PEOPLE_TOO} 409 when two sign already.",
    scope=Scope.WEBHOOKS_WRITE,
    repeats=True,
    by_survey=True,
    conflicts=True,
)
def add_webhook_secret(call: Call[Any, Any], webhook: str) -> Reply[WebhookWithSecret]:
    found = reached(call, webhook)
    disclosure_for(call.key).require_people()
    needs = wiring.change_webhooks_needs()
    once = call.once(["webhook secrets", webhook], needs.deliveries)
    secret = change_webhooks.add_secret(found, call.key.id, once, call.now, needs)
    return _made(found, secret)


@endpoint(
    "End the rotation: only the newest secret of a webhook stays",
    deleted("The older one signs no more."),
    scope=Scope.WEBHOOKS_WRITE,
    by_survey=True,
    conflicts=True,
)
def delete_older_webhook_secret(call: Call[Any, Any], webhook: str) -> None:
    found = reached(call, webhook)
    change_webhooks.keep_newest_secret(found, call.key.id, wiring.change_webhooks_needs())


def reached(call: Call[Any, Any], webhook_id: str) -> Webhook:
    """Raises NotFound."""
    found = wiring.webhooks().get(webhook_id)
    if not call.key.reaches_all(found.surveys):
        raise NotFound("webhook")
    return found


def _refuse_foreign(call: Call[Any, Any], surveys: list[str] | None) -> None:
    """Raises ForeignSurvey."""
    if not call.key.reaches_all(None if surveys is None else frozenset(surveys)):
        raise ForeignSurvey


def _made(webhook: Webhook, secret: str | None) -> Reply[WebhookWithSecret]:
    body: WebhookWithSecret = {**shown(webhook), "secret": secret}
    return made(body, f"/v1/webhooks/{webhook.id}")


def shown(webhook: Webhook) -> schemas.Webhook:
    since = webhook.failing_since
    return {
        "id": webhook.id,
        "name": webhook.name,
        "kind": webhook.kind.value,
        "url": webhook.url,
        "host": webhook.host,
        "events": sorted(webhook.events),
        "surveys": None if webhook.surveys is None else sorted(webhook.surveys),
        "team": webhook.team,
        "lang": webhook.lang,
        "enabled": webhook.off is None,
        "off": webhook.off.value if webhook.off else None,
        "failing_since": moments.to_text(since) if since else None,
        "created_at": moments.to_text(webhook.created),
        "created_by": webhook.created_by,
    }
