from pydantic import Field

from chalicelib.web.schemas import Count
from chalicelib.web.shape import Shape


class Problem(Shape):
    """A problem document (RFC 9457)."""

    type: str = Field(description="Names the kind of problem, for programs.")
    title: str
    status: Count
    detail: str


class FieldProblem(Shape):
    pointer: str = Field(description="JSON pointer into the body, or a parameter's name.")
    code: str
    detail: str


class FieldsProblem(Problem):
    """A problem document that points at each field."""

    errors: list[FieldProblem] = Field(min_length=1)
