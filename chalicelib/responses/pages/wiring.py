"""What the pages of respondents need."""

from email.utils import parseaddr

from chalicelib import wiring
from chalicelib.settings import settings
from chalicelib.web.rate_limit import RateStore


def rates() -> RateStore:
    return RateStore(wiring.table())


def reply_to() -> str:
    """The bare address that people may write to."""
    return parseaddr(settings().mail_reply_to)[1]
