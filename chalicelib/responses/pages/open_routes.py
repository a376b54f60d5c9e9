"""/s/{survey}: the open link of a survey."""

import re

from chalice.app import Response as HttpResponse

from chalicelib import ids
from chalicelib.errors import HeedError
from chalicelib.failures import report_failure
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.pages import open_link, show, wiring
from chalicelib.responses.pages.form import Form, FormRejected, read_form
from chalicelib.responses.pages.visitor import Visitor, page
from chalicelib.responses.response import Answer
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.open_link import address_of, segments_in
from chalicelib.surveys.scale import points_of
from chalicelib.web.rate_limit import counted_as, seconds_left


@page
def show_open_link(visitor: Visitor, survey: str) -> HttpResponse:
    opened, segments = _opened(visitor, survey)
    return show.answer(opened, address_of(opened, segments), ids.new_id())


@page
def take_open_answer(visitor: Visitor, survey: str) -> HttpResponse:
    opened, segments = _opened(visitor, survey)
    action = address_of(opened, segments)
    try:
        form = read_form(visitor.raw, points_of(opened.scale))
    except FormRejected as rejected:
        return show.rejected(opened, action, ids.new_id(), rejected)
    device = open_link.device_of(_cookie(visitor, opened), form.nonce)
    again = device.form or ids.new_id()
    try:
        if not _is_within_rate(visitor, opened):
            return _too_many(visitor, opened, action, again, form)
        taken = _record(visitor, opened, segments, device, form)
    except HeedError as error:
        report_failure("take_open_answer", error)
        return show.not_saved(opened, action, again, form)
    shown = show.taken(opened, action, taken.device, form, taken.response.state)
    if opened.open_link_pause_minutes:
        shown.headers["Set-Cookie"] = _cookie_of(opened, taken.device)
    return shown


def _opened(visitor: Visitor, survey: str) -> tuple[open_link.OpenSurvey, tuple[str, ...]]:
    definition = surveys_wiring.catalogue().get(survey)
    opened = open_link.for_anybody(definition.read_in(visitor.language(survey=definition)))
    return opened, segments_in(opened, visitor.query)


def _record(
    visitor: Visitor,
    survey: Survey,
    segments: tuple[str, ...],
    device: open_link.Device,
    form: Form,
) -> open_link.Taken:
    answer, needs = Answer(form.score, form.comment), responses_wiring.record_needs()
    return open_link.record_open_answer(survey, answer, segments, device, visitor.now, needs)


def _is_within_rate(visitor: Visitor, survey: Survey) -> bool:
    key = invitations_wiring.person_key().encode()
    counted = counted_as(survey.id, visitor.address, visitor.now, key)
    return wiring.rates().take(counted, visitor.now)


def _too_many(
    visitor: Visitor, survey: Survey, action: str, nonce: str, form: Form
) -> HttpResponse:
    """The form as it was filled in, to be sent again later."""
    shown = show.not_saved(survey, action, nonce, form)
    shown.status_code = 429
    shown.headers["Retry-After"] = str(seconds_left(visitor.now))
    return shown


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
