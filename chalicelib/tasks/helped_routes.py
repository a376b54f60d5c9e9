"""The page behind *Did this help?* in a letter to whoever had answered. A GET shows it and notes
the arrival; only a POST answers, of a form or of a beacon."""

from contextlib import suppress

from chalice.app import Response as HttpResponse

from chalicelib.errors import LinkRejected, NotFound, Unavailable, VisitFull
from chalicelib.failures import report_failure
from chalicelib.invitations.token import Link, Purpose
from chalicelib.responses.judge.facts import Place
from chalicelib.responses.judge.nonce import Nonce, new_nonce
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.pages import show
from chalicelib.responses.pages.form import FormRejected, read_form
from chalicelib.responses.pages.seen import act_of, arrive, beacon_answer, beacon_in, is_doubtful
from chalicelib.responses.pages.visitor import Visitor, page
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import Scale, points_of
from chalicelib.tasks import helped, wiring

POINTS = points_of(Scale.THUMBS)


@page
def show_said(visitor: Visitor, token: str, said: str) -> HttpResponse:
    link, survey = _open(visitor, token)
    if said not in map(str, POINTS):
        raise LinkRejected
    nonce = _note_arrival(visitor, link, int(said))
    return _shown(
        survey,
        f"../{token}",
        visitor.write_nonce(nonce, link.invitation),
        int(said),
        evidence=f"../{token}/evidence",
        keep=is_doubtful(visitor),
    )


@page
def show_question(visitor: Visitor, token: str) -> HttpResponse:
    link, survey = _open(visitor, token)
    nonce = _note_arrival(visitor, link, None)
    return _shown(survey, token, visitor.write_nonce(nonce, link.invitation))


@page
def take_said(visitor: Visitor, token: str) -> HttpResponse:
    link, survey = _open(visitor, token)
    try:
        form = read_form(visitor.raw, POINTS)
    except FormRejected as rejected:
        again = visitor.write_nonce(new_nonce(visitor.now, rejected.score), link.invitation)
        return _shown(survey, token, again, rejected.score, error=rejected.problem)
    nonce = visitor.read_nonce(form.nonce, link.invitation)
    again = visitor.write_nonce(new_nonce(visitor.now, form.score, nonce.visit), link.invitation)
    try:
        act = act_of(visitor, form, nonce)
        state = helped.take_act(link, act, visitor.now, wiring.helped_needs())
    except LinkRejected:
        raise
    except (Unavailable, VisitFull) as error:
        report_failure("take_said", error)
        return _shown(survey, token, again, form.score, error="unavailable")
    return _shown(survey, token, again, form.score, state)


@page
def take_seen(visitor: Visitor, token: str) -> HttpResponse:
    counts = False
    with suppress(LinkRejected, NotFound):
        link, _ = _open(visitor, token)
        beacon = beacon_in(visitor, link.invitation)
        if beacon:
            counts = helped.take_beacon(link, beacon, visitor.now, wiring.helped_needs())
    return beacon_answer(visitor, counts)


def _open(visitor: Visitor, token: str) -> tuple[Link, Survey]:
    return visitor.open(token, Purpose.HELPED)


def _note_arrival(visitor: Visitor, link: Link, said: int | None) -> Nonce:
    """Raises LinkRejected."""
    nonce = new_nonce(visitor.now, said)
    place = Place.HOME if said is None else Place.SCORE
    needs = wiring.helped_needs()
    arrive(visitor, place, nonce, said, lambda arrival: helped.note(link, arrival, needs))
    return nonce


def _shown(
    survey: Survey,
    action: str,
    nonce: str,
    said: int | None = None,
    state: State | None = None,
    evidence: str | None = None,
    keep: bool = False,
    error: str | None = None,
) -> HttpResponse:
    return show.page(
        "helped",
        show.STATUS.get(error, 400) if error else 200,
        survey.lang,
        script=True,
        survey_name=survey.name,
        team=survey.team,
        action=action,
        nonce=nonce,
        score=said,
        state=state.value if state else None,
        evidence=evidence,
        keep=keep,
        error=error,
    )
