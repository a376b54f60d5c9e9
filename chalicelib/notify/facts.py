"""What a delivery tells of an event. Of an answer it is read again: it may have been corrected, and
what was erased is told to nobody."""

from collections.abc import Callable
from typing import Any, Final

from chalicelib.notify.call import LeftOut
from chalicelib.responses.response import Response
from chalicelib.webhooks.delivery import Delivery

OF_AN_ANSWER: Final = ("ResponseRecorded", "ResponseChanged")
ERASED, NOT_COUNTED = "erased", "not_counted"

Find = Callable[[str], Response | None]


def facts_of(delivery: Delivery, find: Find) -> dict[str, Any]:
    """Raises LeftOut."""
    if delivery.event not in OF_AN_ANSWER:
        return {**delivery.facts}
    response = answer_of(delivery.facts["response"], find)
    return {
        **delivery.facts,
        "survey": response.survey,
        "score": response.score,
        "band": response.band,
        "segments": list(response.segments),
        "has_comment": bool(response.comment),
        "wishes_contact": response.contact,
        "origin": response.origin,
    }


def answer_of(response_id: str, find: Find) -> Response:
    """Raises LeftOut."""
    response = find(response_id)
    if response is None or response.gone:
        raise LeftOut(ERASED)
    if not response.is_counted:
        raise LeftOut(NOT_COUNTED)
    return response
