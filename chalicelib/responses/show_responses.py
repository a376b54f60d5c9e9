"""Responses from outside, and an operator's word on those that are held."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.ticket import show_ticket
from chalicelib.periods import Range
from chalicelib.responses.response import Response
from chalicelib.responses.themes import theme_reader
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.named import may_show_person
from chalicelib.tally.tally import add_counts

ERASED: Final = "erased"


class DecisionBody(BaseModel):
    """An operator's word on a response that is held."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["counted", "dismissed"]


def is_accepted(body: dict[str, Any]) -> bool:
    return DecisionBody.model_validate(body).state == "counted"


@dataclass(frozen=True)
class Beside:
    """What is shown with responses and lies elsewhere, by their ids."""

    themes_of: Callable[[str | None], list[str]]
    causes: Mapping[str, str]
    people: Mapping[str, Invitation]


def beside(
    responses: Sequence[Response],
    survey: Survey,
    scopes: frozenset[Scope],
    causes_of: Callable[[Sequence[str]], dict[str, str]],
    invitations: Callable[[Sequence[str]], dict[str, Invitation]],
) -> Beside:
    """People are not even read when they may not be shown."""
    standing = [one.id for one in responses if not one.gone]
    named = [one.id for one in responses if one.person and not one.gone]
    return Beside(
        theme_reader(survey.themes, survey.lang),
        causes_of(standing),
        invitations(named) if may_show_person(survey.identity, scopes) else {},
    )


def show(response: Response, around: Beside) -> dict[str, Any]:
    """`why` is the judge's reason; `history` are the scores that ever counted. Of an erased
    answer only that it was erased is left to tell."""
    if response.gone:
        return {
            "id": response.id,
            "survey": response.survey,
            "state": ERASED,
            "changed_at": moments.to_text(response.changed_at),
        }
    return {
        "id": response.id,
        "survey": response.survey,
        "state": response.state.value,
        "why": str(response.why),
        "score": response.score,
        "band": response.band.value if response.band else None,
        "comment": response.comment,
        "themes": around.themes_of(response.comment),
        "cause": around.causes.get(response.id),
        "person": _person(around.people.get(response.id)),
        "contact": response.contact,
        "history": list(response.history),
        "changed_elsewhere": response.changed_elsewhere,
        "segments": dict(one.split("=", 1) for one in response.segments),
        "ticket": show_ticket(response.ticket),
        "answered_at": moments.to_text(response.answered_at),
        "changed_at": moments.to_text(response.changed_at),
        "settles_at": moments.to_text(response.settles_at) if response.settles_at else None,
    }


def _person(invitation: Invitation | None) -> dict[str, str | None] | None:
    if invitation is None:
        return None
    email = invitation.email or None
    return {"id": invitation.person, "name": invitation.name, "email": email}


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
