"""What the pages of respondents need."""

from email.utils import parseaddr

from chalicelib import wiring
from chalicelib.responses.pages.rate_limit import RateStore
from chalicelib.settings import settings


def rates() -> RateStore:
    return RateStore(wiring.table())


def reply_to() -> str:
    """The bare address that people may write to."""
    return parseaddr(settings().mail_reply_to)[1]
