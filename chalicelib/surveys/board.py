"""The address of a sealed survey's board in the survey's own document. It is no part of the
definition: Heed makes it at the first ask."""

from collections.abc import Callable
from typing import Any, cast

from msgspec.structs import asdict

from chalicelib.errors import Conflict, FieldError
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.schemas import SurveyDocument


class ShownSurvey(Survey, frozen=True, kw_only=True):
    """schemas.SurveyDocument says in the document of the API what it is."""

    board: str | None = None


def with_board(survey: Survey, board: str | None, own_address: Callable[[], str]) -> SurveyDocument:
    address = f"{own_address()}/b/{board}" if board else None
    return cast(SurveyDocument, ShownSurvey(**asdict(survey), board=address))


def without_board(body: dict[str, Any]) -> tuple[dict[str, Any], object]:
    """What was shown may be sent back as it is."""
    return {name: body[name] for name in body if name != "board"}, body.get("board")


def refuse_other_board(given: object, board: str | None) -> None:
    """Raises Conflict."""
    # The part before it is another one for each address that the stack is reached by.
    if given is not None and str(given).rpartition("/b/")[2] != board:
        detail = "Heed makes it at the first ask. Leave it out, or send it back as it was shown."
        raise Conflict([FieldError("#/board", "board_differs", detail)])
