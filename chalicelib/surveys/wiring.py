"""What the use cases of surveys need."""

import time
from functools import cache

from chalicelib import wiring
from chalicelib.settings import settings
from chalicelib.surveys.catalogue import Catalogue
from chalicelib.surveys.store import SurveyStore


def surveys() -> SurveyStore:
    return SurveyStore(wiring.table())


def active_key() -> bytes:
    """The key that signs, of those that invitations/wiring.py reads."""
    stored = wiring.secrets().json(settings().token_keys)
    return str(stored[stored["active"]]).encode()


@cache
def catalogue() -> Catalogue:
    return Catalogue(surveys(), time.monotonic)
