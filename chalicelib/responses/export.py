"""The kinds in which a page of responses is answered: JSON, CSV, a line of JSON each."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from chalice.app import Response as HttpResponse

from chalicelib.errors import Conflict, FieldError
from chalicelib.responses.query import MOST_ROWS
from chalicelib.surveys.definition import Survey
from chalicelib.web.csv_export import Cell, csv_response
from chalicelib.web.negotiation import CSV, JSON, JSON_LINES
from chalicelib.web.pagination import DEFAULT_LIMIT, LARGEST_LIMIT
from chalicelib.web.problems import json_response

OFFERED = (JSON, CSV, *JSON_LINES)
Rows = Sequence[dict[str, Any]]


def limit_of(limit: int | None, kind: str) -> int:
    """Exports have larger pages. Raises Conflict."""
    default, largest = (DEFAULT_LIMIT, LARGEST_LIMIT) if kind == JSON else (MOST_ROWS, MOST_ROWS)
    if limit is not None and limit > largest:
        raise Conflict([FieldError("limit", "limit_invalid", f"1 to {largest}.")])
    return limit or default


def answer_in(
    kind: str, rows: Rows, cursor: str | None, survey: Survey, headers: Mapping[str, str]
) -> HttpResponse:
    if kind == JSON:
        return json_response(200, {"items": rows, "next": cursor}, **headers)
    if kind == CSV:
        return csv_response(_columns(survey), [_flat(row) for row in rows], **headers)
    return _lines_response(kind, rows, headers)


def _lines_response(kind: str, rows: Rows, headers: Mapping[str, str]) -> HttpResponse:
    lines = (json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)
    guarded = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse("".join(lines), {"Content-Type": kind, **guarded, **headers}, 200)


def _columns(survey: Survey) -> list[str]:
    return [
        *("id", "survey", "state", "why", "score", "band", "comment", "themes", "cause"),
        *(f"segment_{name}" for name in survey.segments),
        *("ticket_id", "ticket_subject", "ticket_url"),
        *("person_id", "person_name", "person_email", "contact"),
        *("answered_at", "changed_at"),
    ]


def _flat(row: dict[str, Any]) -> dict[str, Cell]:
    """Parts get the name of their whole before their own."""
    flat: dict[str, Cell] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            whole = name.removesuffix("s")  # segments: segment_group
            flat |= {f"{whole}_{part}": one for part, one in value.items()}
        elif isinstance(value, list):
            flat[name] = "; ".join(map(str, value))
        else:
            flat[name] = value
    return flat
