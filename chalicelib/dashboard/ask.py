"""What the API gives to whoever is signed in. The pages know nothing else: what a key may not
learn, its page does not show."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalice.app import Request
from msgspec import Struct

from chalicelib.api_keys.api_key import ApiKey
from chalicelib.errors import BadRequest, Forbidden, Invalid, Unavailable
from chalicelib.web.answer import JSON
from chalicelib.web.endpoint import Endpoint

FORBIDDEN = "forbidden"
LATE = "out_of_time"


class Part(Struct, frozen=True):
    """A part of a page: what was `given`, or `why` there is nothing: FORBIDDEN, LATE, or the code
    of the refusal."""

    given: Any = None
    why: str = ""

    @property
    def is_for_others(self) -> bool:
        return self.why == FORBIDDEN

    @property
    def is_late(self) -> bool:
        return self.why == LATE


class Ask(Struct, frozen=True):
    request: Request
    key: ApiKey
    now: datetime

    def __call__(
        self,
        endpoint: Endpoint[Any, Any],
        asked: Mapping[str, str | None] | None = None,
        kind: str = JSON,
        **arguments: str,
    ) -> Any:
        """Raises as the view of the API. What is None in `asked` is not asked."""
        said = {name: value for name, value in (asked or {}).items() if value is not None}
        return endpoint.given(self.request, self.key, self.now, said, kind, **arguments)

    def part(
        self,
        endpoint: Endpoint[Any, Any],
        asked: Mapping[str, str | None] | None = None,
        **arguments: str,
    ) -> Part:
        """Raises NotFound and ForeignSurvey only. What is not answered, or what there is no time
        left for, is late: the rest is shown without it."""
        try:
            return Part(self(endpoint, asked, **arguments))
        except Forbidden:
            return Part(why=FORBIDDEN)
        except Unavailable:
            return Part(why=LATE)
        except Invalid as refused:
            return Part(why=refused.errors[0].code)
        except BadRequest as refused:
            return Part(why=refused.code)
