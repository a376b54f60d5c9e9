"""What the use cases of surveys need."""

import time
from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING

from chalicelib import sealed_keys, wiring
from chalicelib.settings import settings
from chalicelib.surveys.catalogue import Catalogue
from chalicelib.surveys.colleagues import colleagues_in, without_themes_of_people
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.delete_survey import DeleteSurveyNeeds
from chalicelib.surveys.store import SurveyStore

if TYPE_CHECKING:
    from chalicelib.surveys.put_survey import PutSurveyNeeds


def surveys() -> SurveyStore:
    return SurveyStore(wiring.table())


def definition_for_reading(survey_id: str) -> Survey:
    """Without themes that stand for people. Raises NotFound."""
    survey = surveys().get(survey_id)
    people = colleagues_in(wiring.table()) if survey.themes else ()
    return without_themes_of_people(survey, people)


def has_box(survey_id: str) -> bool:
    """Whether people were asked under the promise of a sealed survey."""
    return board_of(survey_id) is not None


def put_survey_needs(is_counted: Callable[[str], bool]) -> "PutSurveyNeeds":
    from chalicelib.surveys.put_survey import PutSurveyNeeds  # no tap needs it

    people = partial(colleagues_in, wiring.table())
    return PutSurveyNeeds(surveys(), is_counted, has_box, people)


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
