"""What both sides of an operation are described with, for infra/openapi.py."""

import re
from typing import Any

from openapi_pydantic.util import PydanticSchema
from pydantic import BaseModel

from chalicelib.web.operation import Operation


def schema_of(shapes: tuple[type[BaseModel], ...]) -> Any:
    made: list[Any] = [PydanticSchema(schema_class=shape) for shape in shapes]
    return made[0] if len(made) == 1 else {"anyOf": made}


def id_of(one: Operation) -> str:
    return re.sub(r"\W+", "_", f"{one.method.lower()}{one.path}").strip("_")
