"""The kind of an answer as a parameter of a link, for spreadsheets, which send no Accept of their
own: `?format=csv`, and `&bom=1` for those that take a file without a mark for another encoding."""

from collections.abc import Mapping, Sequence
from typing import Final

from chalicelib.errors import Conflict, FieldError, Invalid
from chalicelib.web.answer import CSV, JSON
from chalicelib.web.negotiation import best_of

Asked = Mapping[str, list[str]]

FORMATS: Final = {"json": JSON, "csv": CSV, "jsonl": "application/jsonl"}
MARKS: Final = ("0", "1")
MARK: Final = "\ufeff"
OF_FORMAT: Final = ("format", "bom")


def formats_of(offered: Sequence[str]) -> list[str]:
    return [name for name, kind in FORMATS.items() if kind in offered]


def kind_of(asked: Asked, accept: str | None, offered: Sequence[str]) -> str:
    """`format` counts more than the header. Raises Invalid or NotAcceptable."""
    chosen = _one_of("format", asked, formats_of(offered))
    return FORMATS[chosen] if chosen else best_of(accept, offered)


def begins_with_mark(asked: Asked, kind: str) -> bool:
    """Raises Invalid, or Conflict for what is no CSV."""
    wanted = _one_of("bom", asked, MARKS) == "1"
    if wanted and kind != CSV:
        raise Conflict([FieldError("bom", "no_csv", "Only a CSV file begins with a mark.")])
    return wanted


def without_format(asked: Asked) -> dict[str, list[str]]:
    return {name: values for name, values in asked.items() if name not in OF_FORMAT}


def _one_of(name: str, asked: Asked, known: Sequence[str]) -> str | None:
    values = asked.get(name, [])
    if len(values) > 1:
        raise Invalid([FieldError(name, "given_twice", "Give it once.")])
    if values and values[0] not in known:
        raise Invalid([FieldError(name, "literal_error", f"One of {', '.join(known)}.")])
    return values[0] if values else None
