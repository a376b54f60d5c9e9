"""Parts that several answers share.

What a view gives is a TypedDict: the type checker holds the view to it, and the document of
the API is made from it (infra/openapi.py). At run time it is a dict and costs nothing.
"""

from typing import Annotated, Any, Literal

from typing_extensions import TypedDict


class Doc:
    """What the document says about a field: a description, and keywords of JSON Schema. Pydantic
    calls the method below; nothing here imports pydantic."""

    def __init__(self, description: str | None = None, **schema: Any) -> None:
        self.schema = schema | ({"description": description} if description else {})

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        return {**handler(core), **self.schema}


Time = Annotated[str, Doc("RFC 3339, UTC.", format="date-time")]
Day = Annotated[str, Doc(format="date")]
HIDDEN = "Null for a key without the scope `people:read`."
TimeOrDay = Annotated[
    Time | Day, Doc("A day in the survey's zone for a key without the scope `people:read`.")
]
Id = Annotated[str, Doc(minLength=1, maxLength=64)]
Count = Annotated[int, Doc(minimum=0)]
NextCursor = Annotated[str | None, Doc("`cursor` of the next page, null on the last one.")]
RowStatus = Literal["stored", "valid", "repeated", "refused", "failed", "waiting"]
Days = TypedDict("Days", {"from": Day, "to": Annotated[Day, Doc("The day after the last one.")]})


class Health(TypedDict):
    status: Literal["ok"]


class Nothing(TypedDict):
    """An empty object."""


class RowError(TypedDict):
    pointer: Annotated[str, Doc("A JSON pointer: `#/email` is the column email.")]
    code: str
    detail: str


class RowResult(TypedDict):
    line: Annotated[int, Doc("Where the row ends in the file.")]
    id: Annotated[str | None, Doc("Of what was stored, or as the row gives it.")]
    status: RowStatus
    errors: list[RowError]


class Import(TypedDict):
    """rows = stored + valid + repeated + refused + failed + waiting. `valid` is what a dry run
    would store; `repeated` was there already, the same; `failed` is worth sending again; `waiting`
    was not reached in time."""

    rows: int
    stored: int
    valid: int
    repeated: int
    refused: int
    failed: int
    waiting: int
    results: list[RowResult]


class Problem(TypedDict):
    """A problem document (RFC 9457)."""

    type: Annotated[str, Doc("Names the kind of problem, for programs.")]
    title: str
    status: Count
    detail: str


class FieldProblem(TypedDict):
    pointer: Annotated[str, Doc("JSON pointer into the body, or a parameter's name.")]
    code: str
    detail: str


class FieldsProblem(Problem):
    """A problem document that points at each field."""

    errors: Annotated[list[FieldProblem], Doc(minItems=1)]
