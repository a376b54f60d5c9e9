"""The signing secrets by which presses of a Slack webhook's buttons are known. They are written
before the webhook's item, which tells every function that its copy is old."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.errors import Conflict, FieldError
from chalicelib.webhooks.store import WebhookStore
from chalicelib.webhooks.webhook import MOST_SECRETS, Kind, Secrets, Webhook, confidential_of


class ChangeActionsNeeds(Struct, frozen=True):
    """`change_secrets` writes what a function makes of what is kept of all webhooks."""

    webhooks: WebhookStore
    change_secrets: Callable[[Callable[[Secrets], Secrets]], None]


def keep_signing_secret(webhook: Webhook, secret: str, by: str, needs: ChangeActionsNeeds) -> None:
    """The one before it stays valid. Safe to run twice. Raises Conflict or NotFound."""
    if webhook.kind is not Kind.SLACK:
        detail = "Only the messages of a Slack webhook have buttons."
        raise Conflict([FieldError("#", "not_slack", detail)])

    def newest_first(before: tuple[str, ...]) -> tuple[str, ...]:
        others = [kept for kept in before if kept != secret]
        return (secret, *others)[:MOST_SECRETS]

    _change(webhook, newest_first, by, needs)


def forget_signing_secrets(webhook: Webhook, by: str, needs: ChangeActionsNeeds) -> None:
    """Safe to run twice. Raises NotFound."""
    if webhook.kind is Kind.SLACK:
        _change(webhook, lambda _: (), by, needs)


def _change(
    webhook: Webhook,
    decide: Callable[[tuple[str, ...]], tuple[str, ...]],
    by: str,
    needs: ChangeActionsNeeds,
) -> None:
    def changed(all_: Secrets) -> Secrets:
        kept = confidential_of(all_.get(webhook.id))
        return {**all_, webhook.id: replace(kept, secrets=decide(kept.secrets)).kept()}

    needs.change_secrets(changed)
    needs.webhooks.note_new_secrets(webhook, by)
