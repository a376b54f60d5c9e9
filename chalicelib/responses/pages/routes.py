"""The pages that people see. A GET shows, and notes that somebody came; only a POST makes
an answer: of the form, or of what the page itself saw."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import wraps
from typing import Any

from chalice.app import Blueprint
from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.errors import HeedError, LinkExpired, LinkRejected, NotFound
from chalicelib.invitations.token import Link, Purpose, read_token
from chalicelib.languages import accepted, first_of
from chalicelib.logs import log_failure, log_request
from chalicelib.responses.judge.client import client_of, is_speculative
from chalicelib.responses.judge.evidence import LARGEST_BEACON, beacon_of, read_beacon
from chalicelib.responses.judge.facts import Act, Arrival, Client, Network, Place
from chalicelib.responses.judge.nonce import Nonce, new_nonce, read_nonce, write_nonce
from chalicelib.responses.pages import show
from chalicelib.responses.pages.form import Form, FormRejected, read_form
from chalicelib.responses.response import Answer, Response
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import points_of
from chalicelib.web.request import bytes_of

pages = Blueprint(__name__)

FORM = ["*/*"]
View = Callable[..., HttpResponse]


def showing_pages(view: View) -> View:
    """Every denial is one page; our own fault is another, and never reads as a denial. The
    clock is read here, once for a request, and handed down."""

    @wraps(view)
    def guarded(**arguments: Any) -> HttpResponse:
        name = view.__name__
        try:
            response = view(moments.now(), **arguments)
        except LinkExpired as expired:
            response = _closed(expired)
        except (LinkRejected, NotFound):
            response = show.page("gone", 404, language())
        except Exception as error:
            log_failure(name, error)
            response = show.page("trouble", 503, language())
            response.headers["Retry-After"] = "30"
        log_request(name, response.status_code)
        return response

    return guarded


@pages.route("/r/{token}/{score}", methods=["GET", "HEAD"])
@showing_pages
def show_chosen(now: datetime, token: str, score: str) -> HttpResponse:
    link, survey = opened(token, now)
    if score == "promise":
        note_arrival(link, survey, now, Place.PROMISE)
        return show.promise(survey)
    chosen = _score_in(score, survey)
    nonce = note_arrival(link, survey, now, Place.SCORE, chosen)
    judged = survey.counts == "tap"
    return show.answer(
        survey,
        action=f"../{token}",
        nonce=_written(nonce, link),
        score=chosen,
        evidence=f"../{token}/evidence" if judged else None,
        keep=judged and _is_doubtful(_client()),
    )


@pages.route("/r/{token}", methods=["GET", "HEAD"])
@showing_pages
def show_scale(now: datetime, token: str) -> HttpResponse:
    link, survey = opened(token, now)
    nonce = note_arrival(link, survey, now, Place.HOME)
    return show.answer(survey, token, _written(nonce, link))


@pages.route("/r/{token}", methods=["POST"], content_types=FORM)
@showing_pages
def take_answer(now: datetime, token: str) -> HttpResponse:
    link, survey = opened(token, now)
    try:
        form = read_form(bytes_of(pages.current_request), points_of(survey.scale))
    except FormRejected as rejected:
        fresh = _written(new_nonce(now, rejected.score), link)
        return show.rejected(survey, token, fresh, rejected)
    nonce = _read(form.nonce, link, now)
    again = _written(new_nonce(now, form.score, nonce.visit), link)
    try:
        response = _record(link, survey, form, nonce, now)
    except LinkRejected:
        raise
    except HeedError as error:
        log_failure("take_answer", error)
        return show.not_saved(survey, token, again, form)
    return show.taken(survey, token, again, form, response)


@pages.route("/r/{token}/evidence", methods=["POST"], content_types=FORM)
@showing_pages
def take_evidence(now: datetime, token: str) -> HttpResponse:
    """Always the same answer: a page that reports is told nothing."""
    raw = bytes_of(pages.current_request)
    body = read_beacon(raw)
    with suppress(LinkRejected, NotFound):
        link, survey = opened(token, now)
        nonce = _read(body["nonce"], link, now) if body else None
        if body and nonce and nonce.bound and survey.counts == "tap":
            _take_beacon(link, survey, body, nonce, now)
    status = 413 if len(raw) > LARGEST_BEACON else 204
    return HttpResponse(body="", status_code=status, headers=dict(show.QUIET))


def _score_in(text: str, survey: Survey) -> int:
    """Gateways and mail programs leave a bracket, a dot or an entity behind an address."""
    found = re.match(r"(10|[0-9])(?![0-9A-Za-z])", text, re.ASCII)
    if found is None or int(found[1]) not in points_of(survey.scale):
        raise LinkRejected
    return int(found[1])


def opened(token: str, now: datetime, purpose: Purpose = Purpose.ANSWER) -> tuple[Link, Survey]:
    from chalicelib.invitations import wiring as invitations_wiring
    from chalicelib.surveys import wiring as surveys_wiring

    link = read_token(token, purpose, invitations_wiring.token_keys(), now)
    survey = surveys_wiring.catalogue().get(link.survey)
    return link, survey.read_in(language(link.language, survey))


def _closed(expired: LinkExpired) -> HttpResponse:
    from chalicelib.responses.pages import wiring as pages_wiring
    from chalicelib.surveys import wiring as surveys_wiring

    survey = surveys_wiring.catalogue().get(expired.survey)
    return show.closed(survey.read_in(language(expired.language, survey)), pages_wiring.reply_to())


def language(of_link: str | None = None, survey: Survey | None = None) -> str:
    """What the invitation said, then the browser, then the survey (docs/decisions/0009)."""
    browser = accepted(pages.current_request.headers.get("accept-language"))
    return first_of(of_link, browser, survey.lang if survey else None)


def _client() -> Client:
    from chalicelib.invitations import wiring as invitations_wiring

    request = pages.current_request
    address = request.context.get("identity", {}).get("sourceIp") or ""
    return client_of(address, request.headers, invitations_wiring.person_key().encode())


def _is_doubtful(client: Client) -> bool:
    return client.robot or client.network is Network.SCANNER


def _read(nonce: str, link: Link, now: datetime) -> Nonce:
    from chalicelib.invitations import wiring as invitations_wiring

    agent = _client().agent
    return read_nonce(nonce, link.invitation, agent, invitations_wiring.token_keys(), now)


def _written(nonce: Nonce, link: Link) -> str:
    from chalicelib.invitations import wiring as invitations_wiring

    return write_nonce(nonce, link.invitation, _client().agent, invitations_wiring.token_keys())


def note_arrival(
    link: Link, survey: Survey, now: datetime, place: Place, score: int | None = None
) -> Nonce:
    """The nonce of the visit that begins. A page is shown even when nothing can be noted."""
    from chalicelib.responses import wiring as responses_wiring
    from chalicelib.responses.tap import note

    nonce = new_nonce(now, score)
    if survey.counts == "tap":
        ahead = is_speculative(pages.current_request.headers)
        arrival = Arrival(now.timestamp(), _client(), place, score, nonce.visit, ahead)
        with suppress(HeedError):
            note(link, arrival, responses_wiring.taking(survey))
    return nonce


def _record(link: Link, survey: Survey, form: Form, nonce: Nonce, now: datetime) -> Response:
    from chalicelib.responses import wiring as responses_wiring
    from chalicelib.responses.record import new_operation, record_response
    from chalicelib.responses.tap import Words, take_act

    if survey.counts == "tap":
        words = Words(form.comment, form.contact)
        return take_act(link, _act(form, nonce, now), words, now, responses_wiring.taking(survey))
    answer = Answer(form.score, form.comment, form.contact)
    operation = nonce.operation if nonce.bound else new_operation(now)
    return record_response(
        link.invitation,
        answer,
        operation,
        survey.tz,
        now,
        responses_wiring.recording(),
        survey.scale,
    )


def _act(form: Form, nonce: Nonce, now: datetime) -> Act:
    return Act(
        at=now.timestamp(),
        client=_client(),
        visit=nonce.visit,
        score=form.score,
        opened_at=nonce.issued_at,
        operation=nonce.operation,
        bound=nonce.bound,
        trusted=form.trusted,
        gesture=form.gesture,
    )


def _take_beacon(
    link: Link, survey: Survey, body: dict[str, Any], nonce: Nonce, now: datetime
) -> None:
    from chalicelib.responses import wiring as responses_wiring
    from chalicelib.responses.tap import take_beacon

    beacon = beacon_of(body, nonce, _client(), now.timestamp())
    take_beacon(link, beacon, now, responses_wiring.taking(survey))
