"""Reads many rows from one CSV body."""

import csv
import io
from collections.abc import Sequence

from msgspec import Struct

from chalicelib.errors import BadRequest, Conflict, FieldError, TooLarge, UnsupportedMediaType

MOST_ROWS = 10_000
# A function takes 6 MB.
LARGEST_FILE = 2 * 1024 * 1024


class Row(Struct, frozen=True):
    """`line` is where the row ends in the file. `cells` are by column, without the empty ones.
    `columns` are those of the file. `fits`: the row has a cell for each column."""

    line: int
    cells: dict[str, str]
    columns: frozenset[str]
    fits: bool = True


def is_csv(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() == "text/csv"


def read_rows(
    raw: bytes, content_type: str, columns: Sequence[str], needed: Sequence[str]
) -> list[Row]:
    """Raises TooLarge, UnsupportedMediaType, BadRequest or Conflict: then nothing was stored."""
    # The document of the API allows any text as a file, so an error inside it is a Conflict.
    if len(raw) > LARGEST_FILE:
        raise TooLarge(LARGEST_FILE)
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
        raise Conflict([FieldError("#", "too_many_rows", f"At most {MOST_ROWS:,} rows a file.")])
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
