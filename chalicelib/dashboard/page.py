"""The declaration of a page for members. It signs in by the session, reads the query and the form,
shows the page and turns errors into pages. The method and the path are in app.py.

    @page(Scope.TASKS_READ, query=TasksQuery, by_survey=True)
    def show_tasks(visit: Visit[TasksQuery]) -> Shown:
        return Shown("tasks/list", {"tasks": list_tasks(visit.key, ...)})

A page that takes a form names the one that shows it, which is shown again with what was typed:

    @page(Scope.TASKS_WRITE, again=show_tasks)
    def take_tasks(visit: Visit[Any]) -> Moved:
        return Moved("tasks", said="saved")
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalice.app import Request
from chalice.app import Response as HttpResponse

from chalicelib import moments, wiring
from chalicelib.api_keys.api_key import Scope, require
from chalicelib.brands.brand import PLAIN, Branding, branding_at
from chalicelib.dashboard.cookies import SAID, SESSION
from chalicelib.dashboard.errors_shown import FORGED, errors_of, status_of
from chalicelib.dashboard.form import EMPTY, read_form
from chalicelib.dashboard.navigation import READ, SET_UP, entries
from chalicelib.dashboard.sheet import AS, sheet_response
from chalicelib.dashboard.shown import Moved, Shown, html_of
from chalicelib.dashboard.signed_out import signed_out
from chalicelib.dashboard.visit import Visit
from chalicelib.deadline import FUNCTION_S, in_time
from chalicelib.errors import (
    Forbidden,
    ForeignSurvey,
    NotFound,
    TooOften,
    Unauthenticated,
    Unavailable,
)
from chalicelib.failures import report_failure
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.languages import SOURCE
from chalicelib.logs import log_request
from chalicelib.members import wiring as members_wiring
from chalicelib.members.session import read_session
from chalicelib.retry import reading
from chalicelib.shared_reads import sharing_reads
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.web.audited import noted
from chalicelib.web.problems import RETRY_AFTER_S, refuse_odd_ids
from chalicelib.web.query import Query, read_query

Answer = Shown | Moved | HttpResponse
View = Callable[..., Answer]
DENIED = (NotFound, Forbidden, ForeignSurvey)
SAID_FOR_S = 60


@dataclass(frozen=True)
class Page:
    """`scopes`: all of them are needed; none: nobody has to be signed in. `again`: the page that
    is shown when the form of this one cannot be taken. `by_survey`: it names no survey in its path
    and looks at `visit.key` itself; without it, and without a survey in its path, it is denied to
    a member who is limited to surveys. `not_noted`: why its form leaves no line in the history.
    `takes_file`: its form may have a file."""

    name: str
    view: View
    scopes: tuple[Scope, ...]
    query: type[Query]
    again: "Page | None" = None
    by_survey: bool = False
    not_noted: str = ""
    takes_file: bool = False

    def __call__(self, request: Request, **arguments: str) -> HttpResponse:
        visit, now = None, moments.now()
        try:
            with in_time(request.lambda_context, FUNCTION_S):
                visit = _visit(request, now)
                response = self._answer(visit, arguments)
        except Exception as error:
            report_failure(self.name, error, visit.key.id if visit else "")
            response = _trouble(visit)
        log_request(self.name, response.status_code, visit.key.id if visit else "")
        return response

    def _answer(self, visit: Visit[Any], arguments: Mapping[str, str]) -> HttpResponse:
        try:
            refuse_odd_ids(dict(arguments))
            self._open(visit, arguments)
            return _sent(visit, self._said(visit, arguments))
        except Unauthenticated:
            return _sent(visit, signed_out(visit, self.takes_file))
        except DENIED:
            return _sent(visit, Shown("gone", status=404))

    def _open(self, visit: Visit[Any], arguments: Mapping[str, str]) -> None:
        """Raises Unauthenticated, Forbidden or ForeignSurvey."""
        if not self.scopes:
            with suppress(Unauthenticated):
                _sign_in(visit)
            return
        _sign_in(visit)
        for scope in self.scopes:
            require(visit.key, scope)
        if "survey" in arguments:
            visit.key.refuse_foreign(arguments["survey"])
        elif visit.key.surveys is not None and not self.by_survey:
            raise ForeignSurvey

    def _said(self, visit: Visit[Any], arguments: Mapping[str, str]) -> Answer:
        try:
            if visit.method == "POST":
                visit.form = read_form(visit.raw, visit.content_type, self.takes_file)
                if visit.is_from_another_site or visit.is_forged:
                    return self._refuse_forged(visit, arguments)
            asked = visit.asked
            if visit.wants_sheet:
                del asked[AS]
            visit.query = read_query(self.query, asked)
            with self._noted(visit, arguments):
                answer = self._view(visit, arguments)
            return _sheet_of(answer) if visit.wants_sheet else answer
        except Exception as error:
            status = status_of(error)
            if status is None:
                raise
            visit.errors = errors_of(error)
            shown = self._show_again(visit, arguments, status)
            wait = error.retry_after if isinstance(error, TooOften) else None
            return replace(shown, retry_after=wait) if isinstance(shown, Shown) else shown

    def _noted(
        self, visit: Visit[Any], arguments: Mapping[str, str]
    ) -> AbstractContextManager[None]:
        if visit.method != "POST" or not self.scopes or self.not_noted:
            return nullcontext()
        return noted(self.name, str(visit.request.path), arguments, visit.key, visit.now)

    def _view(self, visit: Visit[Any], arguments: Mapping[str, str]) -> Answer:
        """What is only shown is read again after a call that failed, and else once."""
        if visit.method == "POST":
            return self.view(visit, **arguments)
        with sharing_reads():
            return reading(lambda: self.view(visit, **arguments), wiring.pause)

    def _refuse_forged(self, visit: Visit[Any], arguments: Mapping[str, str]) -> Answer:
        """What another site typed for somebody is not shown as if they had."""
        if visit.is_from_another_site:
            visit.form = EMPTY
        visit.errors = {"": FORGED}
        return self._show_again(visit, arguments, 403)

    def _show_again(self, visit: Visit[Any], arguments: Mapping[str, str], status: int) -> Answer:
        if self.again is None:
            return Shown("refused", status=status)
        visit.query = self.again.query()
        shown = self.again.view(visit, **arguments)
        return replace(shown, status=status) if isinstance(shown, Shown) else shown


def page(
    *scopes: Scope,
    query: type[Query] = Query,
    again: Page | None = None,
    by_survey: bool = False,
    not_noted: str = "",
    takes_file: bool = False,
) -> Callable[[View], Page]:
    def declare(view: View) -> Page:
        name = view.__name__
        return Page(name, view, scopes, query, again, by_survey, not_noted, takes_file)

    return declare


def _visit(request: Request, now: datetime) -> Visit[Any]:
    keys = reading(invitations_wiring.token_keys, wiring.pause)
    person_key = reading(invitations_wiring.person_key, wiring.pause)
    return Visit(request, now, person_key, keys.keys[keys.active])


def _sign_in(visit: Visit[Any]) -> None:
    """Raises Unauthenticated."""
    keys = reading(invitations_wiring.token_keys, wiring.pause)
    session = read_session(visit.cookie(SESSION), keys, visit.now)
    sessions = members_wiring.sessions()
    member = reading(lambda: sessions.member_of(session), wiring.pause)
    if member is None:
        raise Unauthenticated("session")
    visit.session, visit.member, visit.key = session, member, member.key


def _sent(visit: Visit[Any], answer: Answer) -> HttpResponse:
    if isinstance(answer, Moved):
        return _moved(visit, answer)
    if isinstance(answer, Shown):
        return _shown(visit, answer)
    return answer


def _sheet_of(answer: Answer) -> HttpResponse:
    """Raises NotFound of a page without a table of its own."""
    if not isinstance(answer, Shown) or answer.sheet is None:
        raise NotFound("table")
    return sheet_response(answer.sheet)


def _moved(visit: Visit[Any], moved: Moved) -> HttpResponse:
    where = visit.at(moved.to, **moved.query)
    cookies = [*moved.cookies]
    if moved.said:
        cookies.append(visit.jar.set(SAID, moved.said, SAID_FOR_S))
    headers: dict[str, str | list[str]] = {"Location": where, "Cache-Control": "no-store"}
    return HttpResponse("", headers | ({"Set-Cookie": cookies} if cookies else {}), 303)


def _shown(visit: Visit[Any], shown: Shown) -> HttpResponse:
    if visit.method == "GET":
        visit.said = visit.cookie(SAID)
    response = html_of(shown, **visit.facts, **_navigation(visit), brand=_branding(visit))
    is_told = visit.method == "GET" and visit.said
    cookies = [*shown.cookies, *([visit.jar.drop(SAID)] if is_told else [])]
    if cookies:
        response.headers["Set-Cookie"] = cookies
    if visit.method == "HEAD":
        response.body = ""
    return response


def _branding(visit: Visit[Any]) -> Branding:
    """Of the navigation. No page fails for it, and only who has signed in is shown one."""
    if visit.member is None:
        return PLAIN
    try:
        return branding_at(visit.mount, surveys_wiring.catalogue().brand())
    except Unavailable:
        return PLAIN


def _navigation(visit: Visit[Any]) -> Mapping[str, Any]:
    scopes = visit.key.scopes
    return {"read_pages": entries(READ, scopes), "set_up_pages": entries(SET_UP, scopes)}


def _trouble(visit: Visit[Any] | None) -> HttpResponse:
    """503 in English and without navigation when nothing could be read."""
    facts = visit.facts if visit else {"lang": SOURCE}
    return html_of(Shown("trouble", facts, 503, retry_after=RETRY_AFTER_S))
