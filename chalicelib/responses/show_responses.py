"""Responses and the judge's numbers as the API shows them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.ticket import show_ticket
from chalicelib.periods import Range
from chalicelib.responses import schemas
from chalicelib.responses.judge.verdict import State, Why
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.identity import may_show_person
from chalicelib.surveys.read_themes import theme_reader
from chalicelib.tally.tally import add_counts


@dataclass(frozen=True)
class Lookups:
    """What is shown with responses but stored elsewhere. `causes` and `people` are by the id
    of the response."""

    themes_of: Callable[[str | None], list[str]]
    causes: Mapping[str, str]
    people: Mapping[str, Invitation]


def look_up(
    responses: Sequence[Response],
    survey: Survey,
    scopes: frozenset[Scope],
    causes_of: Callable[[Sequence[str]], dict[str, str]],
    invitations: Callable[[Sequence[str]], dict[str, Invitation]],
) -> Lookups:
    standing = [response for response in responses if not response.gone]
    named = [response.id for response in standing if response.person]
    # People who may not be shown are not even read.
    return Lookups(
        theme_reader(survey.themes, survey.lang),
        causes_of([response.id for response in standing]),
        invitations(named) if may_show_person(survey.identity, scopes) else {},
    )


def show_or_erased(
    response: Response, lookups: Lookups
) -> schemas.Response | schemas.ErasedResponse:
    return _erased(response) if response.gone else show(response, lookups)


def _erased(response: Response) -> schemas.ErasedResponse:
    return {
        "id": response.id,
        "survey": response.survey,
        "state": "erased",
        "changed_at": moments.to_text(response.changed_at),
    }


def show(response: Response, lookups: Lookups) -> schemas.Response:
    return {
        "id": response.id,
        "survey": response.survey,
        "state": response.state,
        "why": Why(response.why),
        "score": response.score,
        "band": response.band,
        "comment": response.comment,
        "themes": lookups.themes_of(response.comment),
        "cause": lookups.causes.get(response.id),
        "person": _person(lookups.people.get(response.id)),
        "contact": response.contact,
        "history": list(response.history),
        "changed_elsewhere": response.changed_elsewhere,
        "segments": dict(segment.split("=", 1) for segment in response.segments),
        "ticket": show_ticket(response.ticket),
        "answered_at": moments.to_text(response.answered_at),
        "changed_at": moments.to_text(response.changed_at),
        "settles_at": moments.to_text(response.settles_at) if response.settles_at else None,
    }


def _person(invitation: Invitation | None) -> schemas.Person | None:
    if invitation is None:
        return None
    email = invitation.email or None
    return {"id": invitation.person, "name": invitation.name, "email": email}


def show_judgements(
    survey: str, days: Range, counted: Iterable[Mapping[str, int]]
) -> schemas.Judged:
    counts: dict[str, int] = {}
    for day in counted:
        add_counts(counts, day)
    # A cell of the judge is `state|why|posture`.
    rows = [_judgement(cell, counts[cell]) for cell in sorted(counts) if "|" in cell]
    reasons = [row for row in rows if row["count"]]
    return {
        "survey": survey,
        "from": days.first.isoformat(),
        "to": days.end.isoformat(),
        "states": _by_state(reasons),
        "reasons": reasons,
    }


def _judgement(cell: str, count: int) -> schemas.Judgement:
    state, why, posture = cell.split("|")
    return {"state": State(state), "why": why, "posture": posture, "count": count}


def _by_state(reasons: Iterable[schemas.Judgement]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for reason in reasons:
        add_counts(totals, {reason["state"].value: reason["count"]})
    return totals
