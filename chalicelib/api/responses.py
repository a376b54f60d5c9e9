"""Responses from outside, and an operator's word on those that are held."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from chalicelib import moments
from chalicelib.api.queries import one_of
from chalicelib.api.tickets import show_ticket
from chalicelib.errors import FieldError, Invalid
from chalicelib.respond.response import Response
from chalicelib.respond.verdict import State
from chalicelib.score.periods import Range
from chalicelib.score.tally import add_counts

STATES = {state.value for state in State} - {State.NONE.value}


class DecisionBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    state: Literal["counted", "dismissed"]


def is_accepted(body: dict[str, Any]) -> bool:
    return DecisionBody.model_validate(body).state == "counted"


def state_asked(query: dict[str, list[str]]) -> str:
    """`counted` unless asked otherwise. Raises Invalid."""
    state = one_of(query, "state") or State.COUNTED.value
    if state not in STATES:
        raise Invalid([FieldError("state", "state_invalid", ", ".join(sorted(STATES)) + ".")])
    return state


def show(response: Response) -> dict[str, Any]:
    """`why` is the judge's reason; `history` are the scores that ever counted."""
    return {
        "id": response.id,
        "survey": response.survey,
        "state": response.state.value,
        "why": str(response.why),
        "score": response.score,
        "band": response.band.value if response.band else None,
        "comment": response.comment,
        "contact": response.contact,
        "history": list(response.history),
        "changed_elsewhere": response.changed_elsewhere,
        "segments": dict(one.split("=", 1) for one in response.segments),
        "ticket": show_ticket(response.ticket),
        "answered_at": moments.to_text(response.answered_at),
        "changed_at": moments.to_text(response.changed_at),
        "settles_at": moments.to_text(response.settles_at) if response.settles_at else None,
    }


def show_judgements(survey: str, asked: Range, days: Iterable[Mapping[str, int]]) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for day in days:
        add_counts(counts, day)
    rows = [
        dict(zip(("state", "why", "posture"), cell.split("|"), strict=True)) | {"count": count}
        for cell, count in sorted(counts.items())
        if count and "|" in cell
    ]
    totals: dict[str, int] = {}
    for row in rows:
        add_counts(totals, {str(row["state"]): int(row["count"])})
    return {
        "survey": survey,
        "from": asked.first.isoformat(),
        "to": asked.end.isoformat(),
        "states": totals,
        "reasons": rows,
    }
