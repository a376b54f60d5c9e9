"""What the use cases of surveys need."""

import time
from collections.abc import Callable
from functools import cache

from chalicelib import sealed_keys, wiring
from chalicelib.settings import settings
from chalicelib.surveys.catalogue import Catalogue
from chalicelib.surveys.delete_survey import DeleteSurveyNeeds
from chalicelib.surveys.store import SurveyStore


def surveys() -> SurveyStore:
    return SurveyStore(wiring.table())


def has_box(survey_id: str) -> bool:
    """Whether people were asked under the promise of a sealed survey."""
    return board_of(survey_id) is not None


def delete_survey_needs(is_counted: Callable[[str], bool]) -> DeleteSurveyNeeds:
    return DeleteSurveyNeeds(surveys(), is_counted, has_box)


def board_of(survey_id: str) -> str | None:
    """The id of the board of a sealed survey that has asked."""
    box = wiring.ballot_table().get(sealed_keys.box(survey_id))
    return str(box["board"]) if box else None


def active_key() -> bytes:
    """The key that signs, of those that invitations/wiring.py reads."""
    stored = wiring.secrets().json(settings().token_keys)
    return str(stored[stored["active"]]).encode()


@cache
def catalogue() -> Catalogue:
    return Catalogue(surveys(), time.monotonic)
