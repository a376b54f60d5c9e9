"""The table of a page as CSV, at the page's own address with `?as=csv`: the same rows, with the
names that the API has for them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any, Final

from chalice.app import Response as HttpResponse
from msgspec import Struct
from msgspec.structs import asdict

from chalicelib import moments
from chalicelib.surveys.definition import Survey
from chalicelib.web.csv_export import Cell, csv_response

AS: Final = "as"
CSV: Final = "csv"


class Sheet(Struct, frozen=True):
    """`name` is that of the file. What a row has beyond the columns is left out."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]


def sheet_response(sheet: Sheet) -> HttpResponse:
    rows = [{name: _cell(row.get(name)) for name in sheet.columns} for row in sheet.rows]
    attached = f'attachment; filename="{sheet.name}.csv"'
    return csv_response(sheet.columns, rows, Content_Disposition=attached)


def sheet_of_surveys(surveys: Sequence[Survey]) -> Sheet:
    columns = ["id", "name", "team", "audience", "identity", "closed", "trial", "draft"]
    rows = [{**asdict(one), "draft": one.is_draft} for one in surveys]
    return Sheet("surveys", columns, rows)


def _cell(value: Any) -> Cell:
    if isinstance(value, datetime):
        return moments.to_text(value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, list | tuple | frozenset):
        return ", ".join(sorted(map(str, value)))
    return value if value is None or isinstance(value, bool | int | float) else str(value)
