"""Responses and the judge's numbers as the API shows them."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.invitations.ticket import show_ticket
from chalicelib.periods import Range
from chalicelib.responses import schemas
from chalicelib.responses.judge.verdict import State, Why
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.question import shown_answers
from chalicelib.surveys.read_themes import theme_reader
from chalicelib.tally.tally import add_counts


class Lookups(Struct, frozen=True):
    """What is shown with responses but stored elsewhere. `causes` are by the id of the
    response."""

    told: Disclosure
    tz: str
    names_people: bool
    themes_of: Callable[[str | None], list[str]]
    causes: Mapping[str, str]


def look_up(
    responses: Sequence[Response],
    survey: Survey,
    told: Disclosure,
    causes_of: Callable[[Sequence[str]], dict[str, str]],
) -> Lookups:
    return Lookups(
        told,
        survey.tz,
        told.sees_people and not survey.is_sealed,
        theme_reader(survey.themes, survey.lang),
        causes_of([response.id for response in responses if not response.gone]),
    )


def show_or_erased(
    response: Response, lookups: Lookups
) -> schemas.Response | schemas.ErasedResponse:
    return _erased(response, lookups) if response.gone else show(response, lookups)


def _erased(response: Response, lookups: Lookups) -> schemas.ErasedResponse:
    return {
        "id": lookups.told.shown_id(response.id),
        "survey": response.survey,
        "state": "erased",
        "changed_at": lookups.told.time(response.changed_at, lookups.tz),
    }


def show(response: Response, lookups: Lookups) -> schemas.Response:
    told, tz = lookups.told, lookups.tz
    return {
        "id": told.shown_id(response.id),
        "survey": response.survey,
        "state": response.state,
        "why": Why(response.why),
        "score": response.score,
        "band": response.band,
        "comment": response.comment,
        "answers": shown_answers(response.answers),
        "themes": lookups.themes_of(response.comment),
        "cause": lookups.causes.get(response.id),
        "person": _person(response) if lookups.names_people else None,
        "contact": response.contact,
        "history": list(response.history),
        "changed_elsewhere": response.changed_elsewhere,
        "segments": dict(segment.split("=", 1) for segment in response.segments),
        "ticket": show_ticket(response.ticket) if told.sees_people else None,
        "answered_at": told.time(response.answered_at, tz),
        "changed_at": told.time(response.changed_at, tz),
        "settles_at": told.exact_time(response.settles_at),
    }


def _person(response: Response) -> schemas.Person | None:
    if response.person is None:
        return None
    return {"id": response.person, "name": response.name, "email": response.email}


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
