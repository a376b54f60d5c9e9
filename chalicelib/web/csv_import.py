"""Reads many rows from one CSV body. A bad row does not stop the others; each gets a result."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from chalicelib.errors import (
    BadRequest,
    Conflict,
    FieldError,
    IdempotencyKeyReused,
    Invalid,
    OutcomeUnknown,
    TooLarge,
    Unavailable,
    UnsupportedMediaType,
    WriteConflict,
)
from chalicelib.web.request import LARGEST_BODY
from chalicelib.web.schemas import Import, RowError, RowResult, RowStatus

MOST_ROWS = 1000


@dataclass(frozen=True)
class Row:
    """`line` is where the row ends in the file. `cells` are by column, without the empty ones.
    `columns` are those of the file. `fits`: the row has a cell for each column."""

    line: int
    cells: dict[str, str]
    columns: frozenset[str]
    fits: bool = True


@dataclass(frozen=True)
class Stored:
    """`repeated`: the same was stored before."""

    id: str
    repeated: bool = False


def is_csv(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() == "text/csv"


def read_rows(
    raw: bytes, content_type: str, columns: Sequence[str], needed: Sequence[str]
) -> list[Row]:
    """Raises TooLarge, UnsupportedMediaType, BadRequest or Conflict: then nothing was stored."""
    # The document of the API allows any text as a file, so an error inside it is a Conflict.
    if len(raw) > LARGEST_BODY:
        raise TooLarge(LARGEST_BODY)
    if not is_csv(content_type):
        raise UnsupportedMediaType("text/csv")
    try:
        reader = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
        lines = [(reader.line_num, cells) for cells in reader if cells]
    except UnicodeDecodeError as error:
        raise BadRequest("not_utf8", "The file is not UTF-8.") from error
    except csv.Error as error:
        detail = "The file is not comma-separated (RFC 4180)."
        raise Conflict([FieldError("#", "not_csv", detail)]) from error
    header = _header(lines[0][1] if lines else [], columns, needed)
    if len(lines) > MOST_ROWS + 1:
        raise Conflict([FieldError("#", "too_many_rows", f"At most {MOST_ROWS} rows a file.")])
    return [_row(line, cells, header) for line, cells in lines[1:]]


def _header(found: list[str], columns: Sequence[str], needed: Sequence[str]) -> list[str]:
    header = [name.strip().lower() for name in found]
    errors = [
        FieldError(f"#/{name}", "column_missing", "The first line must name it.")
        for name in needed
        if name not in header
    ]
    if len(set(header)) < len(header) or not set(header) <= set(columns):
        allowed = f"Each at most once, of {', '.join(columns)}."
        errors.append(FieldError("#", "columns_unknown", allowed))
    if errors:
        raise Conflict(errors)
    return header


def _row(line: int, cells: list[str], header: list[str]) -> Row:
    given = zip(header, (cell.strip() for cell in cells), strict=False)
    filled = {name: cell for name, cell in given if cell}
    return Row(line, filled, frozenset(header), len(cells) == len(header))


def import_rows(rows: Sequence[Row], id_column: str, store: Callable[[Row], Stored]) -> Import:
    """`store` is called for each row and raises what it would for a body of JSON."""
    results, seen = list[RowResult](), set[str]()
    for row in rows:
        given = row.cells.get(id_column)
        results.append(_given_twice(row) if given in seen else _imported(row, id_column, store))
        seen |= {given} if given else set()
    counts = Counter(result["status"] for result in results)
    return {
        "rows": len(results),
        "stored": counts["stored"],
        "repeated": counts["repeated"],
        "refused": counts["refused"],
        "failed": counts["failed"],
        "results": results,
    }


def _imported(row: Row, id_column: str, store: Callable[[Row], Stored]) -> RowResult:
    given = row.cells.get(id_column)
    if not row.fits:
        detail = "The row has another number of cells than the first line."
        return _result(row, given, "refused", [FieldError("#", "cells_differ", detail)])
    try:
        stored = store(row)
    except ValidationError as error:
        return _result(row, given, "refused", _fields_of(error))
    except Invalid as error:
        return _result(row, given, "refused", error.errors)
    except IdempotencyKeyReused:
        detail = "This id was used before for something else."
        return _result(row, given, "refused", [FieldError(f"#/{id_column}", "id_reused", detail)])
    except (Unavailable, OutcomeUnknown, WriteConflict):
        detail = "Send the row again; it is stored once at most."
        return _result(row, given, "failed", [FieldError("#", "unavailable", detail)])
    return _result(row, stored.id, "repeated" if stored.repeated else "stored", ())


def _given_twice(row: Row) -> RowResult:
    error = FieldError("#", "given_twice", "An earlier row of the file has this id.")
    return _result(row, None, "refused", [error])


def _fields_of(error: ValidationError) -> list[FieldError]:
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return [
        FieldError("#/" + "/".join(map(str, field["loc"])), field["type"], field["msg"])
        for field in found
    ]


def _result(
    row: Row, result_id: str | None, status: RowStatus, errors: Sequence[FieldError]
) -> RowResult:
    listed: list[RowError] = [
        {"pointer": error.pointer, "code": error.code, "detail": error.detail} for error in errors
    ]
    return {"line": row.line, "id": result_id, "status": status, "errors": listed}
