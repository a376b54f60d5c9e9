"""Makes, changes, rotates and deletes webhooks. What is secret is written before the item, which
tells every function that its copy is old. What stopped in between may be done again."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from chalicelib import ids
from chalicelib.errors import Conflict, FieldError, LookupFailed
from chalicelib.noting import about
from chalicelib.standard_webhooks import new_secret
from chalicelib.targets import Target, TargetRefused
from chalicelib.web.idempotency import DeliveryStore, Once
from chalicelib.webhooks.schemas import WebhookBody, WebhookChange
from chalicelib.webhooks.store import WebhookStore
from chalicelib.webhooks.webhook import (
    MOST_SECRETS,
    Confidential,
    Kind,
    Off,
    Secrets,
    Webhook,
    confidential_of,
)

# Their secrets are one of 64 KB.
MOST_WEBHOOKS: Final = 50
URL_DETAILS: Final = {
    "url_not_public": "Give a public name, by https and on port 443.",
    "url_too_long": "It is too long.",
    "address_not_public": "Its name leads to an address that is not public.",
}
HOST_UNKNOWN: Final = "Nobody knows the name."


class ChangeWebhooksNeeds(Struct, frozen=True):
    """`change_secrets` writes what a function makes of what is kept of all webhooks. `check`
    looks an address up, and raises TargetRefused or LookupFailed. `knows_team` and `knows_survey`
    take an id."""

    webhooks: WebhookStore
    deliveries: DeliveryStore
    change_secrets: Callable[[Callable[[Secrets], Secrets]], None]
    check: Callable[[str], Target]
    knows_team: Callable[[str], bool]
    knows_survey: Callable[[str], bool]


def add_webhook(
    body: WebhookBody, by: str, once: Once | None, now: datetime, needs: ChangeWebhooksNeeds
) -> tuple[Webhook, str | None]:
    """The webhook, and its secret when it is new and has one: the same `once` gives the same
    webhook. Raises Conflict."""
    webhook_id = ids.derived_id("webhook", once.key.pk) if once else ids.new_id()
    standing = needs.webhooks.find(webhook_id) if once else None
    if standing:
        return standing, None
    if len(needs.webhooks.every()) >= MOST_WEBHOOKS:
        raise _conflict("#", "too_many_webhooks", f"There are {MOST_WEBHOOKS}, which is the most.")
    webhook = _made(webhook_id, body, by, now, needs)
    secret = None if webhook.kind.has_secret_url else new_secret()
    kept = Confidential((secret,) if secret else (), None if webhook.url else body.url)
    about(f"webhooks/{webhook.id}")
    needs.change_secrets(lambda all_: {**all_, webhook.id: kept.kept()})
    remembered = [needs.deliveries.remember(once, webhook.id, now)] if once else []
    needs.webhooks.add(webhook, remembered)
    return webhook, secret


def change_webhook(
    webhook: Webhook, change: WebhookChange, by: str, needs: ChangeWebhooksNeeds
) -> Webhook:
    """Raises Conflict or NotFound."""
    _refuse_unknown(change.surveys, change.team, needs)
    changed = _with(webhook, change)
    if change.url is not None:
        changed = replace(changed, host=_host(change.url, needs))
        if webhook.kind.has_secret_url:
            _keep_url(webhook, change.url, by, needs)
        else:
            changed = replace(changed, url=change.url)
    if change.enabled is not None:
        changed = changed.enabled() if change.enabled else replace(changed, off=Off.BY_KEY)
    needs.webhooks.change(changed, by)
    return changed


def add_secret(
    webhook: Webhook, by: str, once: Once | None, now: datetime, needs: ChangeWebhooksNeeds
) -> str | None:
    """A second secret beside the first. None: the same `once` was heard before. Raises Conflict
    when there are two already."""
    _refuse_without_secret(webhook)
    if once and needs.deliveries.find(once.key):
        return None
    secret = new_secret()

    def with_second(all_: Secrets) -> Secrets:
        kept = confidential_of(all_.get(webhook.id))
        if len(kept.secrets) >= MOST_SECRETS:
            raise _conflict("#", "two_secrets", "Two sign already. End the rotation first.")
        more = replace(kept, secrets=(secret, *kept.secrets))
        return {**all_, webhook.id: more.kept()}

    needs.change_secrets(with_second)
    remembered = [needs.deliveries.remember(once, webhook.id, now)] if once else []
    needs.webhooks.note_new_secrets(webhook, by, remembered)
    return secret


def keep_newest_secret(webhook: Webhook, by: str, needs: ChangeWebhooksNeeds) -> None:
    _refuse_without_secret(webhook)

    def newest(all_: Secrets) -> Secrets:
        kept = confidential_of(all_.get(webhook.id))
        return {**all_, webhook.id: replace(kept, secrets=kept.secrets[:1]).kept()}

    needs.change_secrets(newest)
    needs.webhooks.note_new_secrets(webhook, by)


def delete_webhook(webhook: Webhook, needs: ChangeWebhooksNeeds) -> None:
    """Raises NotFound."""
    needs.change_secrets(
        lambda all_: {name: kept for name, kept in all_.items() if name != webhook.id}
    )
    needs.webhooks.delete(webhook.id)


def _made(
    webhook_id: str, body: WebhookBody, by: str, now: datetime, needs: ChangeWebhooksNeeds
) -> Webhook:
    _refuse_unknown(body.surveys, body.team, needs)
    kind = Kind(body.kind)
    return Webhook(
        id=webhook_id,
        name=body.name,
        kind=kind,
        host=_host(body.url, needs),
        events=frozenset(body.events),
        team=body.team,
        created=now,
        created_by=by,
        url=None if kind.has_secret_url else body.url,
        surveys=frozenset(body.surveys) if body.surveys else None,
        lang=body.lang,
    )


def _with(webhook: Webhook, change: WebhookChange) -> Webhook:
    return replace(
        webhook,
        name=change.name or webhook.name,
        team=change.team or webhook.team,
        events=frozenset(change.events) if change.events else webhook.events,
        surveys=frozenset(change.surveys) if change.surveys else webhook.surveys,
        lang=change.lang or webhook.lang,
    )


def _keep_url(webhook: Webhook, url: str, by: str, needs: ChangeWebhooksNeeds) -> None:
    def with_url(all_: Secrets) -> Secrets:
        kept = confidential_of(all_.get(webhook.id))
        return {**all_, webhook.id: replace(kept, url=url).kept()}

    needs.change_secrets(with_url)
    needs.webhooks.note_new_secrets(webhook, by)


def _host(url: str, needs: ChangeWebhooksNeeds) -> str:
    """Raises Conflict."""
    try:
        return needs.check(url).host
    except TargetRefused as error:
        raise _conflict("#/url", error.code, URL_DETAILS[error.code]) from None
    except LookupFailed:
        raise _conflict("#/url", "host_unknown", HOST_UNKNOWN) from None


def _refuse_unknown(
    surveys: list[str] | None, team: str | None, needs: ChangeWebhooksNeeds
) -> None:
    """Raises Conflict."""
    for place, survey in enumerate(surveys or ()):
        if not needs.knows_survey(survey):
            raise _conflict(f"#/surveys/{place}", "survey_unknown", "There is no such survey.")
    if team is not None and not needs.knows_team(team):
        raise _conflict("#/team", "team_unknown", "There is no such team.")


def _refuse_without_secret(webhook: Webhook) -> None:
    if webhook.kind.has_secret_url:
        raise _conflict("#", "secret_url", "Its address is its secret. Change the address.")


def _conflict(pointer: str, code: str, detail: str) -> Conflict:
    return Conflict([FieldError(pointer, code, detail)])
