"""The answer form: what it holds, and what of it can be used."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qs

from chalicelib import ids
from chalicelib.errors import HeedError
from chalicelib.respond.response import Answer

LONGEST_COMMENT = 10_000
LARGEST_FORM = 128 * 1024  # a comment of 10,000 four-byte characters, percent-encoded
CLOCKS_APART = timedelta(minutes=5)
OPERATION = re.compile(r"^[0-9a-f]{12}-[a-z2-7]{26}$")


class FormRejected(HeedError):
    """`problem` is what the page says: score, comment_too_long or unreadable. The rest is
    what can be kept of the form."""

    def __init__(self, problem: str, score: int | None = None, comment: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.score = score
        self.comment = comment


@dataclass(frozen=True)
class Form:
    answer: Answer
    operation: str


def new_operation(now: datetime) -> str:
    """The key of one rendered form. Keys sort by the time they were handed out."""
    return f"{_handed_out(now)}-{ids.new_id()}"


def read_form(raw: bytes, now: datetime) -> Form:
    """Raises FormRejected. Each field may stand once; unknown fields have no effect."""
    fields = _fields(raw)
    comment = _clean(fields.get("comment", ""))
    score = _score(fields.get("score", ""))
    if score is None:
        raise FormRejected("score", comment=comment)
    if len(comment) > LONGEST_COMMENT:
        raise FormRejected("comment_too_long", score, comment)
    # A form typed by hand has no key: it counts as one that was handed out just now.
    operation = fields.get("op") or new_operation(now)
    if not OPERATION.match(operation) or operation[:12] > _handed_out(now + CLOCKS_APART):
        raise FormRejected("unreadable", score, comment)
    # A form never takes a comment away: the page that a link opens does not show it.
    return Form(Answer(score, comment or None), operation)


def _handed_out(moment: datetime) -> str:
    return f"{int(moment.timestamp() * 1000):012x}"


def _fields(raw: bytes) -> dict[str, str]:
    if len(raw) > LARGEST_FORM:
        raise FormRejected("comment_too_long")
    try:
        values = parse_qs(
            raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=20
        )
    except ValueError as error:
        raise FormRejected("unreadable") from error
    if any(len(given) > 1 for given in values.values()):
        raise FormRejected("unreadable")
    return {name: given[0] for name, given in values.items()}


def _score(text: str) -> int | None:
    if not re.fullmatch(r"[0-9]|10", text, re.ASCII):
        return None
    return int(text)


def _clean(text: str) -> str:
    """NFC, without control characters but line breaks and tabs, without invisible
    direction overrides (the page sets `dir=auto`)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(part for part in lines if part in "\n\t" or _is_visible(part))
    return unicodedata.normalize("NFC", kept).strip()


def _is_visible(part: str) -> bool:
    overrides = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
    return unicodedata.category(part) != "Cc" and part not in overrides
