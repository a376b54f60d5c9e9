"""The pages of webhooks: what is called when something happened."""

from typing import Any, get_args

from msgspec.structs import asdict

from chalicelib import ids, sent_keys
from chalicelib.api_keys.api_key import Scope
from chalicelib.dashboard.page import page
from chalicelib.dashboard.setup.read_body import of_the_whole, once_of, read_body
from chalicelib.dashboard.sheet import Sheet
from chalicelib.dashboard.shown import Moved, Shown
from chalicelib.dashboard.visit import Visit
from chalicelib.dashboard.wiring import surveys_within
from chalicelib.errors import BadRequest, Conflict, ForeignSurvey, NotFound
from chalicelib.keys import WEBHOOKS
from chalicelib.noting import acting
from chalicelib.teams import wiring as teams_wiring
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.pagination import PageQuery
from chalicelib.webhooks import change_webhooks, wiring
from chalicelib.webhooks.fan_out import CHOICE
from chalicelib.webhooks.schemas import KindWord, WebhookBody, WebhookChange
from chalicelib.webhooks.send_again import send_test
from chalicelib.webhooks.webhook import Webhook

HOME = "setup/webhooks"


@page(Scope.WEBHOOKS_READ, query=PageQuery, by_survey=True)
def show_webhooks(visit: Visit[PageQuery]) -> Shown:
    after = listed_after(visit.query.cursor, WEBHOOKS)
    found, last = wiring.webhooks().page(visit.query.limit, after)
    reached = [one for one in found if visit.key.reaches_all(one.surveys)]
    facts = {
        "webhooks": reached,
        "events": CHOICE,
        "kinds": get_args(KindWord),
        "surveys": surveys_within(visit.key),
        "teams": teams_wiring.teams().every(),
        "once": ids.new_id(),
        "next": encode_cursor(last),
    }
    columns = ("name", "id", "kind", "host", "events", "surveys", "off", "failing_since")
    sheet = Sheet("webhooks", columns, [asdict(one) | {"host": one.host} for one in reached])
    return Shown("setup/webhooks", facts, sheet=sheet)


@page(Scope.WEBHOOKS_WRITE, Scope.PEOPLE_READ, again=show_webhooks, by_survey=True)
def make_webhook(visit: Visit[Any]) -> Shown:
    form, needs = visit.form, wiring.change_webhooks_needs()
    names = ("name", "url", "kind", "team")
    lists = {"events": form.every("events"), "surveys": form.every("surveys") or None}
    body = read_body(WebhookBody, {**{name: form.text(name) for name in names}, **lists})
    _refuse_foreign(visit, body.surveys)
    once = once_of(visit, "webhooks", needs.deliveries)
    webhook, secret = change_webhooks.add_webhook(body, visit.key.id, once, visit.now, needs)
    back = f"{HOME}/{webhook.id}"
    facts = {"section": "webhooks", "name": webhook.name, "secret": secret}
    facts |= {"back": back, "made": back}
    return Shown("setup/secret", facts, status=201)


@page(Scope.WEBHOOKS_READ, Scope.PEOPLE_READ, query=PageQuery, by_survey=True)
def show_webhook(visit: Visit[PageQuery], webhook: str) -> Shown:
    found, query = _reached(visit, webhook), visit.query
    after = listed_after(query.cursor, sent_keys.deliveries_to(found.id))
    sent, last = wiring.delivery_log().page(found.id, query.limit, after)
    facts = {"webhook": found, "deliveries": sent, "once": ids.new_id()}
    columns = ("created_at", "event", "survey", "state", "attempts", "answer", "reason")
    sheet = Sheet("deliveries", columns, [*map(asdict, sent)])
    return Shown("setup/webhook", {**facts, "next": encode_cursor(last)}, sheet=sheet)


@page(Scope.WEBHOOKS_WRITE, Scope.PEOPLE_READ, again=show_webhook, by_survey=True)
def change_webhook(visit: Visit[Any], webhook: str) -> Shown | Moved:
    found, needs, by = _reached(visit, webhook), wiring.change_webhooks_needs(), visit.key.id
    here = f"{HOME}/{found.id}"
    try:
        match visit.form.text("act"):
            case "on" | "off" as act:
                change = WebhookChange(enabled=act == "on")
                change_webhooks.change_webhook(found, change, by, needs)
                return Moved(here, said="saved")
            case "test":
                acting("test_webhook")
                send_test(found, visit.now, wiring.delivery_log())
                return Moved(here, said="queued")
            case "secret":
                acting("add_webhook_secret")
                once = once_of(visit, f"webhook secrets {found.id}", needs.deliveries)
                secret = change_webhooks.add_secret(found, by, once, visit.now, needs)
                facts = {"section": "webhooks", "name": found.name, "secret": secret, "back": here}
                return Shown("setup/secret", facts, status=201)
            case "newest":
                acting("delete_older_webhook_secret")
                change_webhooks.keep_newest_secret(found, by, needs)
                return Moved(here, said="saved")
            case "delete":
                acting("delete_webhook")
                change_webhooks.delete_webhook(found, needs)
                return Moved(HOME, said="deleted")
    except Conflict as conflict:
        raise of_the_whole(conflict) from conflict
    raise BadRequest("act_unknown", "There is no such button.")


def _reached(visit: Visit[Any], webhook_id: str) -> Webhook:
    """Raises NotFound."""
    found = wiring.webhooks().get(webhook_id)
    if not visit.key.reaches_all(found.surveys):
        raise NotFound("webhook")
    return found


def _refuse_foreign(visit: Visit[Any], surveys: list[str] | None) -> None:
    """Raises ForeignSurvey."""
    if not visit.key.reaches_all(None if surveys is None else frozenset(surveys)):
        raise ForeignSurvey
