"""Records outcomes that are sent as JSON or as rows of a file."""

import hashlib
import json
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from chalicelib import ids
from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.errors import Conflict, FieldError, Invalid
from chalicelib.outcomes.outcome import Kind, Outcome
from chalicelib.outcomes.schemas import OutcomeBody
from chalicelib.outcomes.show_outcome import show_outcome
from chalicelib.outcomes.store import OUTCOMES_AT_ONCE, OutcomeStore
from chalicelib.web.csv_import import Row
from chalicelib.web.idempotency import bare_key
from chalicelib.web.import_rows import RowKind

COLUMNS = ("id", "kind", "email", "person", "account", "happened_at", "reason", "note")
NEEDED_COLUMNS = ("kind", "happened_at")
AHEAD = timedelta(days=1)


class RecordOutcomeNeeds(Struct, frozen=True):
    """`person` gives the id of an address. `known` gives which of some accounts exist."""

    outcomes: OutcomeStore
    person: Callable[[str], str]
    known: Callable[[Collection[str]], set[str]]


def record_outcome(
    body: OutcomeBody,
    idempotency_key: str | None,
    key_id: str,
    now: datetime,
    needs: RecordOutcomeNeeds,
) -> tuple[Outcome, bool]:
    """The outcome, and whether it is new. Raises Conflict, Invalid or IdempotencyKeyReused."""
    outcome = _outcome(body, _id_of(body.id, idempotency_key, key_id), now, needs.person)
    _refuse_unknown_account(outcome, needs.known)
    return needs.outcomes.add(replace(outcome, changed_by=key_id))


def outcome_rows(
    rows: list[Row], key_id: str, now: datetime, needs: RecordOutcomeNeeds
) -> RowKind[Outcome]:
    known = needs.known({row.cells["account"] for row in rows if "account" in row.cells})

    def read(row: Row) -> Outcome:
        body = OutcomeBody.model_validate(row.cells)
        outcome = _outcome(body, body.id or "", now, needs.person)
        if not body.id:
            # The id comes from the content, so that a file that is sent twice counts once.
            outcome = replace(outcome, id=_id_of_content(outcome))
        _refuse_unknown_account(outcome, lambda accounts: known & set(accounts))
        return replace(outcome, changed_by=key_id)

    return RowKind("id", read, attrgetter("id"), needs.outcomes.add_all, OUTCOMES_AT_ONCE)


def _outcome(
    read: OutcomeBody, outcome_id: str, now: datetime, person: Callable[[str], str]
) -> Outcome:
    """Raises Invalid or Conflict."""
    errors = [*_errors_of_whom(read), *_errors_of_reason(read)]
    if errors:
        raise Invalid(errors)
    if late_or_early := _errors_of_time(read, now):
        raise Conflict(late_or_early)
    return Outcome(
        id=outcome_id,
        kind=read.kind,
        person=person(read.email) if read.email else read.person,
        account=read.account,
        happened_at=read.happened_at,
        reason=read.reason,
        note=read.note,
        recorded_at=now,
    )


def _errors_of_whom(read: OutcomeBody) -> list[FieldError]:
    given = [whom for whom in (read.email, read.person, read.account) if whom]
    if len(given) == 1:
        return []
    return [FieldError("#", "whom_unclear", "Give one of email, person and account.")]


def _errors_of_reason(read: OutcomeBody) -> list[FieldError]:
    if (read.kind is Kind.CHURN) == (read.reason is not None):
        return []
    code = "reason_missing" if read.kind is Kind.CHURN else "reason_not_wanted"
    return [FieldError("#/reason", code, "Churn has a reason, and nothing else has one.")]


def _errors_of_time(read: OutcomeBody, now: datetime) -> list[FieldError]:
    if read.happened_at.year < 2000:
        return [FieldError("#/happened_at", "time_too_early", "A time from 2000 on.")]
    if read.happened_at > now + AHEAD:
        return [FieldError("#/happened_at", "time_ahead", "It has not happened yet.")]
    return []


def _id_of(given: str | None, idempotency_key: str | None, key_id: str) -> str:
    if idempotency_key is None:
        return given or ids.new_id()
    bare = bare_key(idempotency_key)
    if given:
        detail = "The id in the body already says which outcome it is: leave one of them out."
        raise Conflict([FieldError("Idempotency-Key", "id_given_twice", detail)])
    return ids.derived_id("outcome", key_id, hashlib.sha256(bare.encode()).hexdigest())


def _id_of_content(outcome: Outcome) -> str:
    # It has the person's id and not the address, which could be guessed from such an id.
    shown = {**show_outcome(outcome, Disclosure(True)), "recorded_at": None}
    return ids.derived_id("outcome", json.dumps(shown, sort_keys=True))


def _refuse_unknown_account(outcome: Outcome, known: Callable[[Collection[str]], set[str]]) -> None:
    if outcome.account and not known([outcome.account]):
        raise Conflict([FieldError("#/account", "account_unknown", "There is no such account.")])
