"""One call of the API, as a view gets it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from chalice.app import Request
from msgspec import Struct, field

from chalicelib import retry
from chalicelib.api_keys.api_key import ApiKey, Scope
from chalicelib.errors import NotFound
from chalicelib.settings import settings
from chalicelib.web import request as http
from chalicelib.web.answer import JSON
from chalicelib.web.idempotency import DeliveryStore, Once, once_for

if TYPE_CHECKING:  # a help desk's hook has neither
    from pydantic import BaseModel

    from chalicelib.web.query import Query

Json = dict[str, Any]
Q = TypeVar("Q", bound="Query")
B = TypeVar("B")
M = TypeVar("M", bound="BaseModel")

NOBODY = ApiKey("", "", frozenset())


class Body(Struct, Generic[B], frozen=True):
    """A JSON body, or another that the view reads by itself. `shown` is its shape in the document
    of the API. `read` makes the value that the view gets."""

    shown: Any
    read: Callable[[Json], B]
    example: Mapping[str, Any] = field(default_factory=dict)
    media_type: str = JSON


def json_body(model: type[M], example: Mapping[str, Any] | None = None) -> Body[M]:
    return Body(model, model.model_validate, example or {})


class Call(Generic[Q, B]):
    """`now` is the one reading of the clock; `asked` the query as it was sent, `query` as the
    view declares it; `kind` the media type to answer in; `begins_with_mark`: of a byte order;
    `key` of whoever signed in; `time_left` the seconds in which another try may begin."""

    time_left = staticmethod(retry.time_left)

    def __init__(
        self,
        request: Request,
        now: datetime,
        key: ApiKey,
        body: Body[B] | None,
    ) -> None:
        self.request, self.now, self.key = request, now, key
        self._body = body
        self.kind = ""
        self.begins_with_mark = False
        self.asked: dict[str, list[str]] = {}
        self.query: Q

    @cached_property
    def body(self) -> B:
        """Raises TooLarge, UnsupportedMediaType, BadRequest, or what `Body.read` raises."""
        assert self._body is not None  # noqa: S101 - the view declares one
        return self._body.read(self.json)

    @cached_property
    def json(self) -> Json:
        """Raises TooLarge, UnsupportedMediaType or BadRequest."""
        return http.read_json(self.raw, self.content_type)

    @property
    def raw(self) -> bytes:
        return http.bytes_of(self.request)

    @property
    def content_type(self) -> str:
        return self.header("content-type") or ""

    @property
    def idempotency_key(self) -> str | None:
        return self.header("idempotency-key")

    def once(self, said: list[Any], deliveries: DeliveryStore) -> Once | None:
        """None without an Idempotency-Key. `said` is what must be equal when the key comes
        again. Raises Invalid or IdempotencyKeyReused."""
        given = self.idempotency_key
        return None if given is None else once_for(given, said, self.key.id, deliveries)

    def header(self, name: str) -> str | None:
        value = self.request.headers.get(name)
        return str(value) if value is not None else None

    def may(self, scope: Scope) -> bool:
        return scope in self.key.scopes

    def reached(self, survey: str, what: str) -> None:
        """Raises NotFound: a key learns of a `what` of a survey out of its reach as little as of
        one that there is not."""
        if not self.key.reaches(survey):
            raise NotFound(what)

    def own_address(self) -> str:
        """Raises MissingSetting."""
        return http.own_address(self.request.context, settings().set_base_url)

    def own_path(self) -> str:
        return http.own_path(self.request.context, settings().set_base_url)
