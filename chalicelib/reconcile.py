"""Asks help desks by night for what a webhook lost. Only hooks with an account of their help desk
are asked about. This function has no right in the table of sealed answers: the groups of a
confidential survey stand outside it, from its first ask on."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from chalicelib import moments
from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.helpdesks import account_wiring, registry, wiring
from chalicelib.helpdesks.account_kinds import KINDS
from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.note import DeskRefused
from chalicelib.helpdesks.reconcile import Reconciled, ReconcileNeeds, reconcile
from chalicelib.helpdesks.take_pulled import take_pulled
from chalicelib.logs import log_failure, logger
from chalicelib.metrics import put_metric
from chalicelib.notify.transport import Transport, TransportError
from chalicelib.settings import settings
from chalicelib.surveys import wiring as surveys_wiring

LONGEST_ANSWER: Final = 8 * 1024 * 1024  # a page of tickets with all that they hold
# Time that is left for the last ticket and for the report: one call and one asking.
MARGIN_MS: Final = 45_000


def run_reconcile(context: Any) -> None:
    """Safe to run twice: what a delivery or another run told of is known by its ticket."""
    now = moments.now()

    def time_left() -> float:
        return float(context.get_remaining_time_in_millis() - MARGIN_MS) / 1000

    _tell(reconcile(now, reconcile_needs(now, time_left)))


def reconcile_needs(now: datetime, time_left: Callable[[], float]) -> ReconcileNeeds:
    taking = wiring.take_trigger_needs(time_left)
    by_transport = Transport(settings().calls_loopback, longest_answer=LONGEST_ANSWER)

    def take(hook: Hook, ticket: dict[str, Any]) -> bool:
        source = registry.find(hook.source)
        taken = take_pulled(source, hook, ticket, now, taking) if source else None
        return taken is not None and taken.result == "accepted"

    return ReconcileNeeds(
        hooks=wiring.hooks().every,
        survey=lambda hook: surveys_wiring.surveys().get(hook.survey),
        has_asked=lambda survey: ballots_wiring.known_groups().find(survey.id) is not None,
        account=account_wiring.account,
        pulls={source: kind.pull for source, kind in KINDS.items()},
        ask=lambda *call: ask_by(by_transport, *call),
        take=take,
        failed=lambda error: log_failure("reconcile", error),
        sleep=time.sleep,
        time_left=time_left,
    )


def ask_by(
    transport: Transport, method: str, url: str, body: bytes, headers: Mapping[str, str]
) -> bytes:
    """Raises DeskRefused."""
    try:
        return transport.post(url, body, headers, method).body
    except TransportError as error:
        raise DeskRefused(error.code, error.status, error.permanent, error.retry_after) from None


def _tell(done: Reconciled) -> None:
    found = {"hooks": done.hooks, "tickets": done.tickets, "missed": done.missed}
    left = {"sealed": done.sealed, "resting": done.resting}
    end = {"failed": done.failed, "finished": done.finished}
    logger().info("reconcile", extra=found | left | end)
    if done.failed or not done.finished:
        put_metric("ReconcileUnfinished", 1)
