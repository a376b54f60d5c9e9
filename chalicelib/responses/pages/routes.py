"""The pages behind the links of a mail. A GET shows a page and notes the arrival. Only
a POST makes an answer, of a form or of a beacon."""

from contextlib import suppress

from chalice.app import Response as HttpResponse

from chalicelib.ballots.links import is_sealed
from chalicelib.errors import LinkRejected, NotFound, VisitFull
from chalicelib.failures import report_failure
from chalicelib.invitations.token import Link
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.judge.facts import Place
from chalicelib.responses.judge.nonce import Nonce, new_nonce
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.judged import Words
from chalicelib.responses.pages import sealed_routes, show, wiring
from chalicelib.responses.pages.form import Form, FormRejected, read_form
from chalicelib.responses.pages.seen import act_of, arrive, beacon_answer, beacon_in, is_doubtful
from chalicelib.responses.pages.visitor import Visitor, page
from chalicelib.responses.take_act import take_act
from chalicelib.responses.tap import note, take_beacon
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import points_of

# The places of a link come back when what was seen of it is forgotten. So it is no use soon.
FULL_FOR_S = 24 * 60 * 60


@page
def show_chosen(visitor: Visitor, token: str, score: str) -> HttpResponse:
    if is_sealed(token):
        return sealed_routes.chosen(visitor, token, score)
    link, survey = visitor.open(token)
    if score == "promise":
        note_arrival(visitor, link, survey, Place.PROMISE)
        return show.promise(survey, wiring.reply_to())
    chosen = show.score_in(score, survey)
    nonce = note_arrival(visitor, link, survey, Place.SCORE, chosen)
    taps = survey.counts == "tap"
    return show.answer(
        survey,
        action=f"../{token}",
        nonce=visitor.write_nonce(nonce, link.invitation),
        filled=show.Filled(chosen),
        evidence=f"../{token}/evidence",
        keep=taps and is_doubtful(visitor),
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
    counts = False
    with suppress(LinkRejected, NotFound):
        link, survey = visitor.open(token)
        beacon = beacon_in(visitor, link.invitation)
        if beacon:
            counts = take_beacon(link, beacon, visitor.now, responses_wiring.tap_needs(survey))
    return beacon_answer(visitor, counts)


def note_arrival(
    visitor: Visitor, link: Link, survey: Survey, place: Place, score: int | None = None
) -> Nonce:
    """Gives the nonce of the new visit. A page is shown even when nothing can be noted, but not
    when the answer was erased. Raises LinkRejected."""
    # Where only a Send counts, a page that reports what it saw speaks for no score.
    nonce = new_nonce(visitor.now, score if survey.counts == "tap" else None)
    needs = responses_wiring.tap_needs(survey)
    arrive(visitor, place, nonce, score, lambda arrival: note(link, arrival, needs))
    return nonce


def _record(visitor: Visitor, link: Link, survey: Survey, form: Form, nonce: Nonce) -> State:
    """What became of the form."""
    words = Words(form.comment, form.wish, form.answers)
    needs = responses_wiring.tap_needs(survey)
    return take_act(link, act_of(visitor, form, nonce), words, visitor.now, needs)
