"""What several answers are made of. Shapes describe what the views return, for the document
of the API; nothing imports them when a request is answered."""

from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from chalicelib.web.shape import Shape

Time = Annotated[
    str, WithJsonSchema({"type": "string", "format": "date-time", "description": "RFC 3339, UTC."})
]
Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
Id = Annotated[str, Field(min_length=1, max_length=64)]
Count = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]


class Ticket(Shape):
    id: str
    subject: str | None
    url: str | None


class Health(Shape):
    status: Literal["ok"]


class Nothing(Shape):
    """An empty object."""
