"""What the use cases of surveys need."""

import time
from functools import cache

from chalicelib import wiring
from chalicelib.surveys.catalogue import Catalogue
from chalicelib.surveys.store import SurveyStore


def surveys() -> SurveyStore:
    return SurveyStore(wiring.table())


@cache
def catalogue() -> Catalogue:
    return Catalogue(surveys(), time.monotonic)
