"""What the pages of respondents need."""

from email.utils import parseaddr
from functools import cache

from chalicelib import wiring
from chalicelib.settings import settings
from chalicelib.web.rate_limit import RateStore
from chalicelib.web.tries import Tries


@cache
def tries() -> Tries:
    """In the memory of this process alone."""
    return Tries()


def rates() -> RateStore:
    return RateStore(wiring.table())


def reply_to() -> str:
    """The bare address that people may write to."""
    return parseaddr(settings().mail_reply_to)[1]
