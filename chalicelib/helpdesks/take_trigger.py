"""Makes an invitation from a help desk's webhook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from chalicelib import keys
from chalicelib.errors import TooLarge
from chalicelib.helpdesks import zendesk
from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.store import HookStore
from chalicelib.invitations.ask import AskNeeds, ask, invitation_id_of_ticket
from chalicelib.invitations.invitation import Invitation
from chalicelib.retry import reading
from chalicelib.surveys.definition import Survey
from chalicelib.web.idempotency import Once

T = TypeVar("T")
LARGEST_BODY = 256 * 1024


@dataclass(frozen=True)
class Ignored:
    """The request was right, but nobody is asked. A 4xx would trip the sender's circuit
    breaker."""

    reason: str


@dataclass(frozen=True)
class TakeTriggerNeeds:
    """`secrets_of` gives a hook's signing secrets, the newest first."""

    hooks: HookStore
    secrets_of: Callable[[Hook], Sequence[str]]
    survey: Callable[[str], Survey]
    ask_needs: AskNeeds


def take_zendesk_trigger(
    hook_id: str, raw: bytes, headers: Mapping[str, str], now: datetime, needs: TakeTriggerNeeds
) -> Invitation | Ignored:
    if len(raw) > LARGEST_BODY:
        raise TooLarge(LARGEST_BODY)
    hook, secrets = _read(lambda: _hook_and_secrets(hook_id, needs), needs)
    signed_at = zendesk.verify(raw, headers, secrets, now)
    body = zendesk.parse(raw)
    if body.get("event", zendesk.WANTED_EVENT) != zendesk.WANTED_EVENT:
        return Ignored("event_not_wanted")
    if _is_a_template(body):
        return Ignored("test_delivery")
    trigger = zendesk.ZendeskTrigger.model_validate(body)
    # Without the time of the resolution a ticket counts once a day.
    resolution = trigger.ticket.updated_at or signed_at.date().isoformat()
    return ask(
        _read(lambda: needs.survey(hook.survey), needs),
        trigger.request(hook_id),
        invitation_id_of_ticket(zendesk.SOURCE, hook_id, trigger.ticket.id, resolution),
        now,
        needs.ask_needs,
        _once(headers.get(zendesk.DELIVERY), hook_id),
    )


def _hook_and_secrets(hook_id: str, needs: TakeTriggerNeeds) -> tuple[Hook, Sequence[str]]:
    # The hook first: its generation tells whether the copy of its secrets is old.
    hook = needs.hooks.get(zendesk.SOURCE, hook_id)
    return hook, needs.secrets_of(hook)


def _read(read: Callable[[], T], needs: TakeTriggerNeeds) -> T:
    return reading(read, needs.ask_needs.pause, needs.ask_needs.time_left)


def _once(delivery: str | None, hook_id: str) -> Once | None:
    if not delivery:
        return None
    return Once(keys.seen(zendesk.SOURCE, f"{hook_id}#{delivery[:200]}"), {})


def _is_a_template(body: dict[str, Any]) -> bool:
    """The Test button of Zendesk sends the placeholders as they are."""
    ticket = body.get("ticket")
    return isinstance(ticket, dict) and str(ticket.get("id", "")).startswith("{{")
