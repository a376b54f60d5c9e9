"""Times in a request."""

import re
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator

RFC_3339 = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(.[0-9]{2}:[0-9]{2}|[Zz])"
)


def _moment(value: object) -> object:
    # Only this spelling: pydantic also reads a number as a time.
    if not isinstance(value, str) or not re.fullmatch(RFC_3339, value):
        raise ValueError("use a time like 2026-11-21T09:00:00Z (a + in a query is %2B)")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_moment)]
