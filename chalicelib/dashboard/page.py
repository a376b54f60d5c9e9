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
from datetime import datetime
from functools import partial
from typing import Any

from chalice.app import Request
from chalice.app import Response as HttpResponse
from msgspec import Struct
from msgspec.structs import replace

from chalicelib import moments, wiring
from chalicelib.api_keys.api_key import Scope, require
from chalicelib.dashboard.cookies import SESSION
from chalicelib.dashboard.errors_shown import FORGED, errors_of, status_of
from chalicelib.dashboard.form import EMPTY, read_form
from chalicelib.dashboard.sent import Answer, sent, sheet_of, trouble, unshown
from chalicelib.dashboard.sheet import AS
from chalicelib.dashboard.shown import Shown
from chalicelib.dashboard.signed_out import signed_out
from chalicelib.dashboard.visit import Visit
from chalicelib.dashboard.wiring import branding_for
from chalicelib.deadline import FUNCTION_S, in_time
from chalicelib.errors import (
    Forbidden,
    ForeignSurvey,
    NotFound,
    TooOften,
    Unauthenticated,
)
from chalicelib.failures import report_failure
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.logs import log_request
from chalicelib.members import wiring as members_wiring
from chalicelib.members.session import read_session
from chalicelib.retry import reading
from chalicelib.shared_reads import sharing_reads
from chalicelib.web.audited import noted
from chalicelib.web.problems import refuse_odd_ids
from chalicelib.web.query import Query, read_query

View = Callable[..., Answer]
DENIED = (NotFound, Forbidden, ForeignSurvey)


class Page(Struct, frozen=True):
    """`scopes`: all of them are needed; none: nobody has to be signed in. `again`: the page that
    is shown when the form of this one cannot be taken. `by_survey`: it names no survey in its path
    and looks at `visit.key` itself; without it, and without a survey in its path, it is denied to
    a member who is limited to surveys. `not_noted`: why its form leaves no line in the history.
    `takes_file`: its form may have a file. `in_frame`: another page of ours has it in a frame, and
    what is wrong stands there too."""

    name: str
    view: View
    scopes: tuple[Scope, ...]
    query: type[Query]
    again: "Page | None" = None
    by_survey: bool = False
    not_noted: str = ""
    takes_file: bool = False
    in_frame: bool = False

    def __call__(self, request: Request, **arguments: str) -> HttpResponse:
        visit, now = None, moments.now()
        try:
            with in_time(request.lambda_context, FUNCTION_S):
                visit = _visit(request, now)
                response = self._answer(visit, arguments)
        except Exception as error:
            report_failure(self.name, error, visit.key.id if visit else "")
            response = trouble(visit)
        if self.in_frame and response.status_code != 200:
            response = unshown(visit, response.status_code)
        log_request(self.name, response.status_code, visit.key.id if visit else "")
        return response

    def _answer(self, visit: Visit[Any], arguments: Mapping[str, str]) -> HttpResponse:
        branding = partial(branding_for, visit)
        try:
            refuse_odd_ids(dict(arguments))
            self._open(visit, arguments)
            return sent(visit, self._said(visit, arguments), branding)
        except Unauthenticated:
            return sent(visit, signed_out(visit, self.takes_file), branding)
        except DENIED:
            return sent(visit, Shown("gone", status=404), branding)

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
            return sheet_of(answer) if visit.wants_sheet else answer
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
        if not visit.form.is_typed:
            visit.form = EMPTY
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
    in_frame: bool = False,
) -> Callable[[View], Page]:
    def declare(view: View) -> Page:
        name = view.__name__
        return Page(name, view, scopes, query, again, by_survey, not_noted, takes_file, in_frame)

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
