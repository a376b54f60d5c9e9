"""What the pages of respondents need."""

from email.utils import parseaddr
from functools import cache

from chalicelib import wiring
from chalicelib.settings import settings
from chalicelib.web.callers import Callers
from chalicelib.web.rate_limit import RateStore


@cache
def callers() -> Callers:
    """In the memory of this process alone."""
    return Callers()


def rates() -> RateStore:
    return RateStore(wiring.table())


def reply_to() -> str:
    """The bare address that people may write to."""
    return parseaddr(settings().mail_reply_to)[1]
