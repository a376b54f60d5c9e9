"""The declaration of a view of the API. It signs in, reads the query and the body, sends the
answer and turns errors into problems. The document of the API is made from it.

The method and the path are in app.py.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

from chalice.app import Request
from chalice.app import Response as HttpResponse
from msgspec import Struct

from chalicelib import moments, wiring
from chalicelib.api_keys import wiring as api_keys_wiring
from chalicelib.api_keys.api_key import ApiKey, Scope, require, sign_in
from chalicelib.api_keys.store import KeyStore
from chalicelib.deadline import FUNCTION_S, in_time
from chalicelib.errors import ForeignSurvey
from chalicelib.failures import report_failure
from chalicelib.logs import log_failure, log_request
from chalicelib.misuse import refuse_misuse
from chalicelib.noting import note_end
from chalicelib.retry import reading
from chalicelib.web.answer import Answer, Reply
from chalicelib.web.audited import READS, noted
from chalicelib.web.call import NOBODY, B, Body, Call, Q
from chalicelib.web.etag import revalidated
from chalicelib.web.formats import MARK, begins_with_mark, kind_of, without_format
from chalicelib.web.next_link import next_link
from chalicelib.web.problems import json_response, problem_for, refuse_odd_ids
from chalicelib.web.request import query_of

if TYPE_CHECKING:
    from chalicelib.web.query import Query

G = TypeVar("G")
P = ParamSpec("P")
View = Callable[Concatenate[Call[Q, B], P], G | Reply[G] | HttpResponse]


class Endpoint(Struct, Generic[Q, B], frozen=True):
    """`gives`: the first is the usual answer. `scope` None: no key is needed. `repeats`: takes an
    Idempotency-Key. `segments`: takes the survey's segments as query parameters. `rows`: takes a
    text/csv file with these columns, and no JSON. `signed`: the name of who signs the raw body,
    as the document has it. `cached`: answers with an ETag. `by_survey`: it names no survey in its
    path and answers by what the key reaches; without it, and without a survey in its path, it
    refuses a key that is limited to surveys. `conflicts`: answers 409 though it takes nothing that
    could not fit. `not_noted`: why it leaves no line in the history, though it writes."""

    name: str
    view: Callable[..., Any]
    summary: str
    gives: tuple[Answer[Any], ...]
    description: str = ""
    scope: Scope | None = None
    query: "type[Query] | None" = None
    body: Body[B] | None = None
    rows: tuple[str, ...] = ()
    repeats: bool = False
    segments: bool = False
    signed: str = ""
    cached: bool = False
    by_survey: bool = False
    conflicts: bool = False
    not_noted: str = ""

    def __call__(self, request: Request, **arguments: str) -> HttpResponse:
        key = NOBODY
        try:
            with in_time(request.lambda_context, FUNCTION_S):
                refuse_odd_ids(arguments)
                now = moments.now()
                # A key is looked at first: nobody else learns what the rest is worth.
                key = self._sign_in(request, now)
                self._refuse(key, arguments)
                call = self._read(Call(request, now, key, self.body))
                with self._noted(call, arguments):
                    response = self._respond(call, self.view(call, **arguments))
                    if self.rows and response.status_code == 200:
                        note_end(wiring.table(), now)
        except Exception as error:
            response = problem_for(error)
            if response.status_code >= 500:
                report_failure(self.name, error, key.id)
        log_request(self.name, response.status_code, key.id)
        return response

    def _noted(
        self, call: Call[Q, B], arguments: Mapping[str, str]
    ) -> AbstractContextManager[None]:
        if self.scope is None or self.not_noted or call.request.method in READS:
            return nullcontext()
        path, once = str(call.request.path), call.idempotency_key if self.repeats else None
        return noted(self.name, path, arguments, call.key, call.now, once)

    def given(
        self,
        request: Request,
        key: ApiKey,
        now: datetime,
        asked: Mapping[str, str],
        kind: str,
        **arguments: str,
    ) -> Any:
        """What the view gives to a key, for a page of our own: the same refusals, and no HTTP."""
        self._refuse(key, arguments)
        call: Call[Any, B] = Call(request, now, key, self.body)
        call.asked = {name: [value] for name, value in asked.items()}
        refuse_misuse(call.asked, self.query.model_fields if self.query else ())
        call.kind = kind
        if self.query:
            call.query = _read_query(self.query, call.asked)
        given = self.view(call, **arguments)
        return given.body if isinstance(given, Reply) else given

    @property
    def kinds(self) -> tuple[str, ...]:
        """The media types that a client may ask for; empty when there is no choice."""
        first = self.gives[0]
        return (first.media_type, *first.also) if first.also else ()

    def _read(self, call: Call[Q, B]) -> Call[Q, B]:
        asked = {}
        if self.query or self.segments:
            asked = call.asked = query_of(call.request)
            refuse_misuse(asked, self.query.model_fields if self.query else ())
        if self.kinds:
            call.kind = kind_of(asked, call.header("accept"), self.kinds)
            call.begins_with_mark = begins_with_mark(asked, call.kind)
            asked = without_format(asked)
        if self.query:
            call.query = _read_query(self.query, asked)
        if self.body and not self.signed:
            call.body  # noqa: B018 - read before the view runs
        return call

    def _sign_in(self, request: Request, now: datetime) -> ApiKey:
        """Raises Unauthenticated."""
        if self.scope is None:
            return NOBODY
        stored = api_keys_wiring.api_keys()

        def find(secret: str) -> ApiKey | None:
            key = reading(lambda: stored.find(secret, now), wiring.pause)
            if key:
                _note_use(stored, secret, key, now)
            return key

        return sign_in(request.headers.get("authorization"), find)

    def _refuse(self, key: ApiKey, arguments: Mapping[str, str]) -> None:
        """Raises Forbidden or ForeignSurvey."""
        if self.scope is None:
            return
        require(key, self.scope)
        if "survey" in arguments:
            key.refuse_foreign(arguments["survey"])
        elif key.surveys is not None and not self.by_survey:
            raise ForeignSurvey

    def _respond(self, call: Call[Q, B], given: Any) -> HttpResponse:
        reply = given if isinstance(given, Reply) else Reply(given)
        response = reply.body
        if not isinstance(response, HttpResponse):
            response = self._json(call, reply)
        if call.begins_with_mark:
            response.body = f"{MARK}{response.body}"
        if self.cached and "ETag" not in response.headers:
            return revalidated(response, call.header("if-none-match"))
        return response

    def _json(self, call: Call[Q, B], reply: Reply[Any]) -> HttpResponse:
        status, body = reply.status or self.gives[0].status, reply.body
        if body is None:
            bare = HttpResponse("", status_code=status, headers={"Cache-Control": "no-store"})
            bare.headers |= reply.headers
            return bare
        response = json_response(status, body)
        response.headers |= reply.headers
        if self.kinds:
            response.headers["Vary"] = "Accept"
        if isinstance(body, dict) and body.get("next"):
            response.headers["Link"] = next_link(call.asked, body["next"])
        return response


def _read_query(model: "type[Query]", given: dict[str, list[str]]) -> Any:
    """As read_query, which a view that takes no query does not import."""
    from chalicelib.web.query import read_query

    return read_query(model, given)


def _note_use(stored: KeyStore, secret: str, key: ApiKey, now: datetime) -> None:
    try:
        stored.note_use(secret, key, now.date())
    except Exception as error:
        # The request is worth more than the note, which the next one makes.
        log_failure("note_use", error, key.id)


def endpoint(
    summary: str,
    gives: Answer[G],
    *others: Answer[Any],
    description: str = "",
    scope: Scope | None = None,
    query: type[Q] | None = None,
    body: Body[B] | None = None,
    rows: tuple[str, ...] = (),
    repeats: bool = False,
    segments: bool = False,
    signed: str = "",
    cached: bool = False,
    by_survey: bool = False,
    conflicts: bool = False,
    not_noted: str = "",
) -> Callable[[View[Q, B, P, G]], Endpoint[Q, B]]:
    def declare(view: View[Q, B, P, G]) -> Endpoint[Q, B]:
        return Endpoint(
            name=view.__name__,
            view=view,
            summary=summary,
            gives=(gives, *others),
            description=description,
            scope=scope,
            query=query,
            body=body,
            rows=rows,
            repeats=repeats,
            segments=segments,
            signed=signed,
            cached=cached,
            by_survey=by_survey,
            conflicts=conflicts,
            not_noted=not_noted,
        )

    return declare
