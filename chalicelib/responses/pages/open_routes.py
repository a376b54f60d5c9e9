"""/s/{survey}: the open link of a survey."""

import re
from datetime import UTC, datetime

from chalice.app import Response as HttpResponse

from chalicelib.errors import LinkExpired
from chalicelib.failures import report_failure
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.judge.nonce import Nonce, new_nonce
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.pages import open_link, show, wiring
from chalicelib.responses.pages.form import Form, FormRejected, read_form
from chalicelib.responses.pages.visitor import Visitor, page
from chalicelib.responses.response import Answer
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.open_link import address_of, open_query, segments_of
from chalicelib.surveys.scale import points_of
from chalicelib.web.rate_limit import counted_as, seconds_left


@page
def show_open_link(visitor: Visitor, survey: str) -> HttpResponse:
    opened, query = _opened(visitor, survey)
    return show.answer(opened, address_of(opened, query), _nonce_for(visitor, opened))


@page
def take_open_answer(visitor: Visitor, survey: str) -> HttpResponse:
    opened, query = _opened(visitor, survey)
    action = address_of(opened, query)
    try:
        form = read_form(visitor.raw, points_of(opened.scale), opened.questions)
    except FormRejected as rejected:
        return show.rejected(opened, action, _nonce_for(visitor, opened), rejected)
    nonce = visitor.read_nonce(form.nonce, _page_of(opened))
    device = _device(visitor, opened, nonce)
    again = _nonce_for(visitor, opened, device.form)
    if visitor.is_from_another_site:
        return show.taken(opened, action, again, form, State.HELD)
    try:
        if not _is_within_rate(visitor, opened):
            return show.too_many(opened, action, again, form, seconds_left(visitor.now))
        answer = _answer(visitor, form, nonce)
        taken = _record(visitor, opened, segments_of(query), device, answer)
    except Exception as error:  # whatever it is, the words go back
        report_failure("take_open_answer", error)
        return show.not_saved(opened, action, again, form)
    # A form that was pressed before the one that stands changes no score.
    stands = taken.response.score == form.score
    again = _nonce_for(visitor, opened, taken.device)
    shown = show.taken(opened, action, again, form, State.COUNTED if stands else State.HELD)
    if opened.open_link_pause_minutes:
        shown.headers["Set-Cookie"] = _cookie_of(opened, taken.device)
    return shown


def _opened(visitor: Visitor, survey: str) -> tuple[open_link.OpenSurvey, dict[str, str]]:
    """The survey, and what is kept of the address's query."""
    definition = surveys_wiring.catalogue().get(survey)
    if definition.closed and definition.open_link:
        raise LinkExpired(definition.id, None)
    opened = open_link.for_anybody(definition.read_in(visitor.language(survey=definition)))
    if not visitor.query:
        return opened, {}
    keys = invitations_wiring.token_keys().keys.values()
    return opened, open_query(opened, visitor.query, keys)


def _page_of(survey: Survey) -> str:
    return f"open\x00{survey.id}"


def _nonce_for(visitor: Visitor, survey: Survey, device: str | None = None) -> str:
    return visitor.write_nonce(new_nonce(visitor.now, None, device), _page_of(survey))


def _device(visitor: Visitor, survey: Survey, nonce: Nonce) -> open_link.Device:
    key = nonce.visit if nonce.bound else None
    opened_at = datetime.fromtimestamp(nonce.issued_at, UTC)
    return open_link.device_of(_cookie(visitor, survey), key, opened_at)


def _answer(visitor: Visitor, form: Form, nonce: Nonce) -> Answer:
    pressed_at = form.pressed_at(nonce.issued_at, visitor.now.timestamp())
    at = datetime.fromtimestamp(pressed_at, UTC)
    return Answer(form.score, form.comment, pressed_at=at, answers=form.answers)


def _record(
    visitor: Visitor,
    survey: Survey,
    segments: tuple[str, ...],
    device: open_link.Device,
    answer: Answer,
) -> open_link.Taken:
    needs = responses_wiring.record_needs()
    return open_link.record_open_answer(survey, answer, segments, device, visitor.now, needs)


def _is_within_rate(visitor: Visitor, survey: Survey) -> bool:
    key = invitations_wiring.person_key().encode()
    counted = counted_as(survey.id, visitor.address, visitor.now, key)
    return wiring.rates().take(counted, visitor.now)


def _cookie(visitor: Visitor, survey: Survey) -> str | None:
    sent = visitor.request.headers.get("cookie", "")
    found = re.search(rf"(?:^|;)\s*{_name_of(survey)}=([a-z2-7]{{26}})\s*(?:;|$)", sent)
    return found[1] if found else None


def _cookie_of(survey: Survey, device: str) -> str:
    # Without a Path a browser takes the folder of the address that it sees, `.../s`. The part
    # before `/s` is not known here: a stage, a path of a custom domain, a proxy.
    lasts = survey.open_link_pause_minutes * 60
    return f"{_name_of(survey)}={device}; Max-Age={lasts}; HttpOnly; Secure; SameSite=Lax"


def _name_of(survey: Survey) -> str:
    return f"heed-{survey.id}"
