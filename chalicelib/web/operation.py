"""What the document of the API says of one route. Nothing here runs in a Lambda."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import UnionType
from typing import Any

from pydantic import BaseModel

from chalicelib.api_keys.api_key import Scope
from chalicelib.surveys.schemas import Survey
from chalicelib.web.query import Query
from chalicelib.web.shape import Shape

JSON = "application/json"
CSV = "text/csv"
LINES = ("application/x-ndjson", "application/jsonl")


@dataclass(frozen=True)
class Answer:
    """`shapes`: one of them, none for what is no JSON. `also`: the other media types that
    may be asked for."""

    what: str
    shapes: tuple[type[Shape] | type[Survey], ...] = ()
    media_type: str = JSON
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Operation:
    """`scope` None: no key is asked for. `repeats`: takes an Idempotency-Key. `segments`:
    takes the survey's segments as query parameters. `signed`: by a help desk's webhook.
    `cached`: answers with an ETag. `rows`: takes a file, text/csv, with these columns."""

    method: str
    path: str
    summary: str
    answers: Mapping[int, Answer]
    scope: Scope | None = None
    description: str = ""
    query: type[Query] | None = None
    body: type[BaseModel] | UnionType | None = None
    example: Mapping[str, Any] = field(default_factory=dict)
    repeats: bool = False
    segments: bool = False
    signed: bool = False
    cached: bool = False
    rows: tuple[str, ...] = ()

    @property
    def offers_kinds(self) -> bool:
        return any(answer.also for answer in self.answers.values())

    @property
    def tag(self) -> str:
        noun = self.path.split("/")[-1 if "/surveys/{survey}/" in self.path else 2]
        singles = {
            "{response}": "responses",
            "{goal}": "goals",
            "qr": "surveys",
            "docs": "reference",
            "openapi.json": "reference",
        }
        return singles.get(noun, noun)


def ok(
    what: str, *shapes: type[Shape] | type[Survey], also: tuple[str, ...] = ()
) -> dict[int, Answer]:
    return {200: Answer(what, shapes, also=also)}


def made(what: str, *shapes: type[Shape]) -> dict[int, Answer]:
    return {201: Answer(what, shapes)}


def gone(what: str) -> dict[int, Answer]:
    return {204: Answer(what, media_type="")}
