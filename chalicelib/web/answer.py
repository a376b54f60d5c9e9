"""What a view answers: how it declares an answer, and how it returns one."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar, overload

from msgspec import Struct, field

JSON = "application/json"
CSV = "text/csv"
JSON_LINES = ("application/x-ndjson", "application/jsonl")

G = TypeVar("G")


class Answer(Struct, Generic[G], frozen=True):
    """One status that a view may answer with. `shapes`: the body is one of them; empty when the
    body is no JSON. `also`: other media types that a client may ask for."""

    status: int
    description: str
    shapes: tuple[Any, ...] = ()
    media_type: str = JSON
    also: tuple[str, ...] = ()


class Reply(Struct, Generic[G], frozen=True):
    """A body with headers, or with another status than the declared one."""

    body: G
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@overload
def ok(description: str, shape: type[G], /, *, also: tuple[str, ...] = ()) -> Answer[G]: ...
@overload
def ok(description: str, /, *shapes: Any, also: tuple[str, ...] = ()) -> Answer[Any]: ...
def ok(description: str, /, *shapes: Any, also: tuple[str, ...] = ()) -> Answer[Any]:
    return Answer(200, description, shapes, also=also)


def created(description: str, shape: type[G]) -> Answer[G]:
    """201. The view returns `made(...)`, which sets Location."""
    return Answer(201, description, (shape,))


def accepted(description: str, *shapes: Any) -> Answer[Any]:
    return Answer(202, description, shapes)


def deleted(description: str) -> Answer[None]:
    return Answer(204, description, media_type="")


def heard(description: str) -> Answer[None]:
    """200 without a body, for a sender that reads none."""
    return Answer(200, description, media_type="")


def file(description: str, media_type: str) -> Answer[Any]:
    """The body is no JSON: the view makes the HttpResponse itself."""
    return Answer(200, description, media_type=media_type)


def made(body: G, location: str) -> Reply[G]:
    return Reply(body, headers={"Location": location})
