"""The answer form: what it holds, and what of it can be used."""

import json
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import parse_qs

from chalicelib.errors import HeedError
from chalicelib.responses.judge.evidence import gesture_of
from chalicelib.responses.judge.facts import Gesture
from chalicelib.text import CONTROLS, TURNS

LONGEST_COMMENT = 10_000
LARGEST_FORM = 128 * 1024  # a comment of 10,000 four-byte characters, percent-encoded
# Not all that is unseen: joiners and soft hyphens are part of how somebody writes.
_UNWANTED = re.compile(rf"(?![\n\t])[{CONTROLS}{TURNS}\ufeff]")
TRUSTED = {"1": True, "0": False}


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
    """`trusted` is what the script says of the click, None without script. `nonce` is
    empty when the form was typed by hand. `open_ms` is how long the page was open when the
    button was pressed, by the script's clock."""

    score: int
    comment: str | None
    contact: bool
    nonce: str
    trusted: bool | None
    gesture: Gesture | None
    open_ms: int | None = None


def read_form(raw: bytes, points: range) -> Form:
    """Raises FormRejected. Each field may stand once; unknown fields have no effect."""
    fields = _fields(raw)
    comment = _clean(fields.get("comment", ""))
    score = _score(fields.get("score", ""), points)
    if score is None:
        raise FormRejected("score", comment=comment)
    if len(comment) > LONGEST_COMMENT:
        raise FormRejected("comment_too_long", score, comment)
    return Form(
        score=score,
        # A form never takes a comment away: the page that a link opens does not show it.
        comment=comment or None,
        contact=fields.get("contact") == "yes",
        nonce=fields.get("nonce", ""),
        trusted=TRUSTED.get(fields.get("trusted", "")),
        gesture=_gesture(fields.get("gesture", "")),
        open_ms=_milliseconds(fields.get("open_ms", "")),
    )


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


def _score(text: str, points: range) -> int | None:
    if not re.fullmatch(r"[0-9]|10", text, re.ASCII):
        return None
    return int(text) if int(text) in points else None


def _gesture(text: str) -> Gesture | None:
    try:
        return gesture_of(json.loads(text)) if 0 < len(text) < 500 else None
    except (ValueError, RecursionError):
        return None


def _milliseconds(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,12}", text, re.ASCII) else None


def _clean(text: str) -> str:
    """NFC, without control characters but line breaks and tabs, without invisible
    direction overrides (the page sets `dir=auto`)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", lines)).strip()
