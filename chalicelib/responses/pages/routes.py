"""The pages behind the links of a mail. A GET shows a page and notes the arrival. Only
a POST makes an answer, of a form or of a beacon."""

from contextlib import suppress

from chalice.app import Response as HttpResponse

from chalicelib.ballots.links import is_sealed
from chalicelib.errors import LinkRejected, NotFound, Unavailable, VisitFull
from chalicelib.failures import report_failure
from chalicelib.invitations.token import Link
from chalicelib.networks import Network
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.judge.evidence import LARGEST_BEACON, beacon_of, read_beacon
from chalicelib.responses.judge.facts import Act, Arrival, Client, Place
from chalicelib.responses.judge.nonce import Nonce, new_nonce
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.pages import sealed_routes, show
from chalicelib.responses.pages.form import Form, FormRejected, read_form
from chalicelib.responses.pages.visitor import Visitor, page
from chalicelib.responses.tap import Words, note, take_act, take_beacon
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import points_of
from chalicelib.web.user_agent import is_speculative

# The places of a link come back when what was seen of it is forgotten. So it is no use soon.
FULL_FOR_S = 24 * 60 * 60


@page
def show_chosen(visitor: Visitor, token: str, score: str) -> HttpResponse:
    if is_sealed(token):
        return sealed_routes.chosen(visitor, token, score)
    link, survey = visitor.open(token)
    if score == "promise":
        note_arrival(visitor, link, survey, Place.PROMISE)
        return show.promise(survey)
    chosen = show.score_in(score, survey)
    nonce = note_arrival(visitor, link, survey, Place.SCORE, chosen)
    taps = survey.counts == "tap"
    return show.answer(
        survey,
        action=f"../{token}",
        nonce=visitor.write_nonce(nonce, link.invitation),
        filled=show.Filled(chosen),
        evidence=f"../{token}/evidence",
        keep=taps and _is_doubtful(visitor.client),
    )


@page
def show_scale(visitor: Visitor, token: str) -> HttpResponse:
    if is_sealed(token):
        return sealed_routes.scale(visitor, token)
    link, survey = visitor.open(token)
    nonce = note_arrival(visitor, link, survey, Place.HOME)
    return show.answer(survey, token, visitor.write_nonce(nonce, link.invitation))


@page
def take_answer(visitor: Visitor, token: str) -> HttpResponse:
    if is_sealed(token):
        return sealed_routes.take(visitor, token)
    link, survey = visitor.open(token)
    try:
        form = read_form(visitor.raw, points_of(survey.scale), survey.questions)
    except FormRejected as rejected:
        fresh = visitor.write_nonce(new_nonce(visitor.now, rejected.score), link.invitation)
        return show.rejected(survey, token, fresh, rejected)
    nonce = visitor.read_nonce(form.nonce, link.invitation)
    again = visitor.write_nonce(new_nonce(visitor.now, form.score, nonce.visit), link.invitation)
    try:
        state = _record(visitor, link, survey, form, nonce)
    except LinkRejected:
        raise
    except VisitFull:
        return show.too_many(survey, token, again, form, FULL_FOR_S)
    except Exception as error:  # whatever it is, the words go back
        report_failure("take_answer", error)
        return show.not_saved(survey, token, again, form)
    return show.taken(survey, token, again, form, state)


@page
def take_evidence(visitor: Visitor, token: str) -> HttpResponse:
    """Gives 204, or 413 when the beacon is too large. Nothing tells what the judge makes of it."""
    body = read_beacon(visitor.raw)
    with suppress(LinkRejected, NotFound):
        link, survey = visitor.open(token)
        nonce = visitor.read_nonce(body["nonce"], link.invitation) if body else None
        if body and nonce and nonce.bound and not visitor.is_from_another_site:
            beacon = beacon_of(body, nonce, visitor.client, visitor.now.timestamp())
            take_beacon(link, beacon, visitor.now, responses_wiring.tap_needs(survey))
    status = 413 if len(visitor.raw) > LARGEST_BEACON else 204
    return HttpResponse(body="", status_code=status, headers=dict(show.HEADERS))


def note_arrival(
    visitor: Visitor, link: Link, survey: Survey, place: Place, score: int | None = None
) -> Nonce:
    """Gives the nonce of the new visit. A page is shown even when nothing can be noted, but not
    when the answer was erased. Raises LinkRejected."""
    # Where only a Send counts, a page that reports what it saw speaks for no score.
    nonce = new_nonce(visitor.now, score if survey.counts == "tap" else None)
    ahead = is_speculative(visitor.request.headers)
    at = visitor.now.timestamp()
    arrival = Arrival(at, visitor.client, place, score, nonce.visit, ahead)
    try:
        note(link, arrival, responses_wiring.tap_needs(survey))
    except VisitFull:
        pass  # it is counted in the item
    except Unavailable as error:
        report_failure("note_arrival", error)
    return nonce


def _is_doubtful(client: Client) -> bool:
    return client.robot or client.network is Network.SCANNER


def _record(visitor: Visitor, link: Link, survey: Survey, form: Form, nonce: Nonce) -> State:
    """What became of the form."""
    words = Words(form.comment, form.contact, form.answers)
    needs = responses_wiring.tap_needs(survey)
    return take_act(link, _act(visitor, form, nonce), words, visitor.now, needs)


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
