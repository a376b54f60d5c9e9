"""A page of outcomes."""

from chalicelib import keys, moments
from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.outcomes.outcome import Outcome
from chalicelib.outcomes.schemas import OutcomeList, OutcomeListQuery
from chalicelib.outcomes.show_outcome import show_outcome
from chalicelib.outcomes.store import OutcomeStore
from chalicelib.table import Query
from chalicelib.web.cursor import encode_cursor, listed_after


def list_outcomes(query: OutcomeListQuery, outcomes: OutcomeStore, told: Disclosure) -> OutcomeList:
    """Raises Conflict, and Forbidden where the key may not know of a person."""
    if query.person:
        told.require_people()
    listed = keys.outcomes_of(query.kind)
    found, last = outcomes.page(
        Query(
            listed,
            "listed",
            moments.to_text(query.first) if query.first else None,
            moments.to_text(query.end) if query.end else None,
            newest_first=True,
            limit=query.limit,
            after=listed_after(query.cursor, listed),
        )
    )
    items = [show_outcome(outcome, told) for outcome in found if _is_wanted(outcome, query)]
    return {"items": items, "next": encode_cursor(last)}


def _is_wanted(outcome: Outcome, query: OutcomeListQuery) -> bool:
    return query.account in (None, outcome.account) and query.person in (None, outcome.person)
