"""The page behind *Did this help?* in a letter to whoever had answered. A GET shows it and notes
the arrival; only a POST answers, of a form or of a beacon."""

from contextlib import suppress

from chalice.app import Response as HttpResponse

from chalicelib.errors import LinkRejected, NotFound, Unavailable, VisitFull
from chalicelib.failures import report_failure
from chalicelib.invitations.token import Link, Purpose
from chalicelib.networks import Network
from chalicelib.responses.judge.evidence import LARGEST_BEACON, beacon_of, read_beacon
from chalicelib.responses.judge.facts import Act, Arrival, Place
from chalicelib.responses.judge.nonce import Nonce, new_nonce
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.pages import show
from chalicelib.responses.pages.form import Form, FormRejected, read_form
from chalicelib.responses.pages.visitor import Visitor, page
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import Scale, points_of
from chalicelib.tasks import helped, wiring
from chalicelib.web.user_agent import is_speculative

POINTS = points_of(Scale.THUMBS)


@page
def show_said(visitor: Visitor, token: str, said: str) -> HttpResponse:
    link, survey = _open(visitor, token)
    if said not in map(str, POINTS):
        raise LinkRejected
    nonce = _note_arrival(visitor, link, int(said))
    is_doubtful = visitor.client.robot or visitor.client.network is Network.SCANNER
    return _shown(
        survey,
        f"../{token}",
        visitor.write_nonce(nonce, link.invitation),
        int(said),
        evidence=f"../{token}/evidence",
        keep=is_doubtful,
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
        act = _act(visitor, form, nonce)
        state = helped.take_act(link, act, visitor.now, wiring.helped_needs())
    except LinkRejected:
        raise
    except (Unavailable, VisitFull) as error:
        report_failure("take_said", error)
        return _shown(survey, token, again, form.score, error="unavailable")
    return _shown(survey, token, again, form.score, state)


@page
def take_seen(visitor: Visitor, token: str) -> HttpResponse:
    """Gives 204, or 413 when the beacon is too large."""
    body = read_beacon(visitor.raw)
    with suppress(LinkRejected, NotFound):
        link, _ = _open(visitor, token)
        nonce = visitor.read_nonce(body["nonce"], link.invitation) if body else None
        if body and nonce and nonce.bound and not visitor.is_from_another_site:
            beacon = beacon_of(body, nonce, visitor.client, visitor.now.timestamp())
            helped.take_beacon(link, beacon, visitor.now, wiring.helped_needs())
    status = 413 if len(visitor.raw) > LARGEST_BEACON else 204
    return HttpResponse(body="", status_code=status, headers=dict(show.HEADERS))


def _open(visitor: Visitor, token: str) -> tuple[Link, Survey]:
    return visitor.open(token, Purpose.HELPED)


def _note_arrival(visitor: Visitor, link: Link, said: int | None) -> Nonce:
    """Raises LinkRejected."""
    nonce = new_nonce(visitor.now, said)
    ahead = is_speculative(visitor.request.headers)
    place = Place.HOME if said is None else Place.SCORE
    at = visitor.now.timestamp()
    arrival = Arrival(at, visitor.client, place, said, nonce.visit, ahead)
    try:
        helped.note(link, arrival, wiring.helped_needs())
    except VisitFull:
        pass  # it is counted in the item
    except Unavailable as error:
        report_failure("note_arrival", error)
    return nonce


def _act(visitor: Visitor, form: Form, nonce: Nonce) -> Act:
    return Act(
        at=visitor.now.timestamp(),
        client=visitor.client,
        visit=nonce.visit,
        score=form.score,
        opened_at=nonce.issued_at,
        operation=nonce.operation,
        bound=nonce.bound and not visitor.is_from_another_site,
        trusted=form.trusted,
        gesture=form.gesture,
        pressed_at=form.pressed_at(nonce.issued_at, visitor.now.timestamp()),
    )


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
