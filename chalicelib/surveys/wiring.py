"""What the use cases of surveys need."""

import time
from functools import cache

from chalicelib import wiring
from chalicelib.surveys.catalogue import Catalogue
from chalicelib.surveys.store import SurveyStore
from chalicelib.tally import wiring as tally_wiring


def surveys() -> SurveyStore:
    return SurveyStore(wiring.table())


@cache
def catalogue() -> Catalogue:
    return Catalogue(surveys(), time.monotonic)


def is_counted(survey_id: str) -> bool:
    return tally_wiring.tallies().has_any(survey_id)
