"""Asks a help desk by night for the tickets that were solved, and takes those of which no webhook
told. What a hook told of is known by its ticket, so this may run twice, and beside the hook."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec import Struct

from chalicelib.errors import OutOfTime
from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.note import Account, AskDesk, DeskRefused
from chalicelib.helpdesks.pulls.pull import Pull
from chalicelib.surveys.definition import Survey

BACK: Final = timedelta(hours=26)  # a night that comes late leaves no gap
TRIES: Final = 4
# What a help desk answers when there were too many calls.
TOO_MANY: Final = (429, 503)
USUAL_WAIT_S: Final = 30
LONGEST_WAIT_S: Final = 120


class ReconcileNeeds(Struct, frozen=True):
    """`has_asked`: whether somebody was asked for a confidential survey. `pulls` by source. `take`
    takes a ticket as a delivery is taken, and gives whether it is new. `failed` gets what went
    wrong with one hook, so that it does not hold up the others."""

    hooks: Callable[[], Iterable[Hook]]
    survey: Callable[[Hook], Survey]
    has_asked: Callable[[Survey], bool]
    account: Callable[[Hook], Account | None]
    pulls: Mapping[str, Pull]
    ask: AskDesk
    take: Callable[[Hook, dict[str, Any]], bool]
    failed: Callable[[Exception], None]
    sleep: Callable[[float], None]
    time_left: Callable[[], float]


class Reconciled(Struct):
    """`tickets` were solved, and of `missed` nobody had told. Hooks with an account that were left
    alone: `sealed`, whose survey is confidential and asked nobody yet, or anonymous; and `resting`,
    whose survey is a draft or closed."""

    hooks: int = 0
    sealed: int = 0
    resting: int = 0
    tickets: int = 0
    missed: int = 0
    failed: int = 0
    finished: bool = True


def reconcile(now: datetime, needs: ReconcileNeeds) -> Reconciled:
    """Safe to run twice."""
    done = Reconciled()
    for hook in needs.hooks():
        try:
            _reconcile(hook, now, done, needs)
        except OutOfTime:
            done.finished = False
            break
        except Exception as error:  # whatever it is, it is this hook's
            needs.failed(error)
            done.failed += 1
    return done


def _reconcile(hook: Hook, now: datetime, done: Reconciled, needs: ReconcileNeeds) -> None:
    pull = needs.pulls.get(hook.source)
    if pull is None or not hook.subdomain:
        return
    survey = needs.survey(hook)
    if survey.is_sealed and not needs.has_asked(survey):
        done.sealed += 1
        return
    if survey.is_draft or survey.closed:
        done.resting += 1
        return
    account = needs.account(hook)
    if account is None:
        return
    done.hooks += 1
    # What was solved before there was a hook is not asked about.
    since = max(now - BACK, hook.created or now - BACK)
    for ticket in pull(account, since, now, _patient(needs)):
        _stop_in_time(needs)
        done.tickets += 1
        done.missed += needs.take(hook, ticket)


def _patient(needs: ReconcileNeeds) -> AskDesk:
    """Asks again when the help desk says when."""

    def ask(method: str, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        for _ in range(TRIES - 1):
            _stop_in_time(needs)
            try:
                return needs.ask(method, url, body, headers)
            except DeskRefused as error:
                wait = USUAL_WAIT_S if error.retry_after is None else error.retry_after
                if error.status not in TOO_MANY or wait > LONGEST_WAIT_S:
                    raise
                needs.sleep(wait)
        return needs.ask(method, url, body, headers)

    return ask


def _stop_in_time(needs: ReconcileNeeds) -> None:
    if needs.time_left() <= 0:
        raise OutOfTime
