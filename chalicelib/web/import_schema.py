"""What became of each row of a file."""

from typing import Literal

from pydantic import Field

from chalicelib.web.shape import Shape


class RowErrorShape(Shape):
    pointer: str = Field(description="A JSON pointer: `#/email` is the column email.")
    code: str
    detail: str


class RowResultShape(Shape):
    line: int = Field(description="Where the row ends in the file.")
    id: str | None = Field(description="Of what was stored, or as the row gives it.")
    status: Literal["stored", "repeated", "refused", "failed"]
    errors: list[RowErrorShape]


class ImportShape(Shape):
    """rows = stored + repeated + refused + failed. `repeated` was there already, the same;
    `failed` is worth sending again."""

    rows: int
    stored: int
    repeated: int
    refused: int
    failed: int
    results: list[RowResultShape]
