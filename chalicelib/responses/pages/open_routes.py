"""/s/{survey}: the open link of a survey, on the blueprint of the other pages."""

import re
from datetime import datetime

from chalice.app import Response as HttpResponse

from chalicelib import ids
from chalicelib.errors import HeedError
from chalicelib.logs import log_failure
from chalicelib.responses.pages import open_link, show
from chalicelib.responses.pages.form import Form, FormRejected, read_form
from chalicelib.responses.pages.rate_limit import counted_as, seconds_left
from chalicelib.responses.pages.routes import FORM, language, pages, showing_pages
from chalicelib.responses.response import Answer
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.open_link import address_of, segments_in
from chalicelib.surveys.scale import points_of
from chalicelib.web.request import bytes_of


@pages.route("/s/{survey}", methods=["GET", "HEAD"])
@showing_pages
def show_open_link(now: datetime, survey: str) -> HttpResponse:
    opened, segments = _opened(survey)
    return show.answer(opened, address_of(opened, segments), ids.new_id())


@pages.route("/s/{survey}", methods=["POST"], content_types=FORM)
@showing_pages
def take_open_answer(now: datetime, survey: str) -> HttpResponse:
    opened, segments = _opened(survey)
    action = address_of(opened, segments)
    try:
        form = read_form(bytes_of(pages.current_request), points_of(opened.scale))
    except FormRejected as rejected:
        return show.rejected(opened, action, ids.new_id(), rejected)
    device = open_link.device_of(_cookie(opened), form.nonce)
    again = device.form or ids.new_id()
    try:
        if not _is_in_time(opened, now):
            return _too_many(opened, action, again, form, now)
        taken = _record(opened, segments, device, form, now)
    except HeedError as error:
        log_failure("take_open_answer", error)
        return show.not_saved(opened, action, again, form)
    page = show.taken(opened, action, taken.device, form, taken.response)
    if opened.open_link_pause_minutes:
        page.headers["Set-Cookie"] = _cookie_of(opened, taken.device)
    return page


def _opened(survey: str) -> tuple[open_link.OpenSurvey, tuple[str, ...]]:
    from chalicelib.surveys import wiring as surveys_wiring

    definition = surveys_wiring.catalogue().get(survey)
    opened = open_link.for_anybody(definition.read_in(language(survey=definition)))
    given = pages.current_request.query_params
    query = {name: given.getlist(name) for name in given} if given else {}
    return opened, segments_in(opened, query)


def _record(
    survey: Survey, segments: tuple[str, ...], device: open_link.Device, form: Form, now: datetime
) -> open_link.Taken:
    from chalicelib.responses import wiring as responses_wiring

    answer = Answer(form.score, form.comment)
    return open_link.record_open_answer(
        survey, answer, segments, device, now, responses_wiring.recording()
    )


def _is_in_time(survey: Survey, now: datetime) -> bool:
    from chalicelib.invitations import wiring as invitations_wiring
    from chalicelib.responses.pages import wiring as pages_wiring

    address = pages.current_request.context.get("identity", {}).get("sourceIp") or ""
    counted = counted_as(survey.id, address, now, invitations_wiring.person_key().encode())
    return pages_wiring.rates().take(counted, now)


def _too_many(survey: Survey, action: str, nonce: str, form: Form, now: datetime) -> HttpResponse:
    """The form as it was filled in, to be sent again in a minute."""
    page = show.not_saved(survey, action, nonce, form)
    page.status_code = 429
    page.headers["Retry-After"] = str(seconds_left(now))
    return page


def _cookie(survey: Survey) -> str | None:
    sent = pages.current_request.headers.get("cookie", "")
    found = re.search(rf"(?:^|;)\s*{_name_of(survey)}=([a-z2-7]{{26}})\s*(?:;|$)", sent)
    return found[1] if found else None


def _cookie_of(survey: Survey, device: str) -> str:
    # Without a Path a browser takes the folder of the address that it sees, `.../s`. What
    # stands before it is not known here: a stage, a path of a domain of one's own, a proxy.
    lasts = survey.open_link_pause_minutes * 60
    return f"{_name_of(survey)}={device}; Max-Age={lasts}; HttpOnly; Secure; SameSite=Lax"


def _name_of(survey: Survey) -> str:
    return f"heed-{survey.id}"
