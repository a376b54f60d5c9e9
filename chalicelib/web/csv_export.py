"""Tables as CSV (RFC 4180). A spreadsheet runs no cell as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from chalice.app import Response as HttpResponse

from chalicelib.text import UNSEEN

Cell = str | int | float | bool | None

# The start of what a spreadsheet takes for a formula, also behind characters that cannot be
# seen: spaces, the blank of braille and all of Unicode's Default_Ignorable_Code_Point.
# https://owasp.org/www-community/attacks/CSV_Injection
_UNSEEN = (
    rf"{UNSEEN}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    r"\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0080-\U000e0fff"
)
_FORMULA = r"[=+@\ufe62\ufe63\ufe66\ufe6b\uff1d\uff0b\uff0d\uff20-]"
_AT_START = re.compile(rf"[\t\r\n]|[{_UNSEEN}]*{_FORMULA}")
# Where the language of the machine splits at `;` or at tabs, a quoted cell behind the first is
# not seen as quoted: a cell begins inside of a text, and a line too.
_INSIDE = re.compile(
    rf"""(?<=[;\t\r\n])(?=(?:(?![\t\r\n])[{_UNSEEN}"])*{_FORMULA})|(?<=[;\r\n])(?="*\t)"""
)


def csv_response(
    columns: Sequence[str], rows: Iterable[Mapping[str, Cell]], **headers: str
) -> HttpResponse:
    """A header row and one row for each of `rows`, in which a missing cell is empty. The first
    column is a text: split at `;`, a line of numbers would be one cell. Underscores in the
    names of `headers` are hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(
        body=csv_text(columns, rows),
        status_code=200,
        headers={
            "Content-Type": "text/csv; charset=utf-8; header=present",
            "Cache-Control": "no-store",
            **named,
        },
    )


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> str:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow([safe_cell(name) for name in columns])
    writer.writerows([safe_cell(row.get(name)) for name in columns] for row in rows)
    return lines.getvalue()


def safe_cell(cell: Cell) -> str | int | float:
    """Numbers stay numbers. A text gets an apostrophe wherever a formula could begin."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return cell
    text = _INSIDE.sub("'", cell.replace("\x00", ""))
    return f"'{text}" if _AT_START.match(text) else text
