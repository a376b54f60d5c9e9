"""A page of responses as a file: CSV, or a line of JSON for each response."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from chalice.app import Response as HttpResponse

from chalicelib.errors import Conflict, FieldError
from chalicelib.responses.query import MOST_ROWS
from chalicelib.responses.schemas import ErasedResponse, Response
from chalicelib.surveys.definition import Survey
from chalicelib.web.answer import CSV, JSON
from chalicelib.web.csv_export import Cell, csv_response
from chalicelib.web.pagination import DEFAULT_LIMIT, LARGEST_LIMIT

Row = Response | ErasedResponse


def limit_of(limit: int | None, kind: str) -> int:
    """Files have larger pages. Raises Conflict."""
    default, largest = (DEFAULT_LIMIT, LARGEST_LIMIT) if kind == JSON else (MOST_ROWS, MOST_ROWS)
    if limit is not None and limit > largest:
        raise Conflict([FieldError("limit", "limit_invalid", f"1 to {largest}.")])
    return limit or default


def file_of(
    rows: Sequence[Row], kind: str, survey: Survey, headers: Mapping[str, str]
) -> HttpResponse:
    if kind == CSV:
        return csv_response(_columns(survey), [_flat(row) for row in rows], **headers)
    return _lines_response(rows, kind, headers)


def _lines_response(rows: Sequence[Row], kind: str, headers: Mapping[str, str]) -> HttpResponse:
    lines = (json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)
    told: dict[str, str | list[str]] = {
        "Content-Type": kind,
        "Cache-Control": "no-store",
        **headers,
    }
    return HttpResponse("".join(lines), told, 200)


def _columns(survey: Survey) -> list[str]:
    return [
        *("id", "survey", "state", "why", "score", "band", "comment", "themes", "cause"),
        *(f"answer_{question.id}" for question in survey.questions),
        *(f"segment_{name}" for name in survey.segments),
        *("ticket_id", "ticket_subject", "ticket_url"),
        *("person_id", "person_name", "person_email", "contact"),
        *("answered_at", "changed_at"),
    ]


def _flat(row: Row) -> dict[str, Cell]:
    flat: dict[str, Cell] = {}
    for name, value in row.items():
        flat |= _cells(name, value)
    return flat


def _cells(name: str, value: Any) -> dict[str, Cell]:
    if isinstance(value, dict):
        singular = name.removesuffix("s")  # segments: segment_group
        return {f"{singular}_{part}": _cell(cell) for part, cell in value.items()}
    return {name: _cell(value)}


def _cell(value: Any) -> Cell:
    text: Cell = "; ".join(map(str, value)) if isinstance(value, list) else value
    return text
