"""Reads the answer form."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import parse_qs

from chalicelib.errors import BadRequest, HeedError
from chalicelib.responses.judge.evidence import gesture_of
from chalicelib.responses.judge.facts import Gesture
from chalicelib.strict_json import read_strict_json
from chalicelib.text import CONTROLS, TURNS

LONGEST_COMMENT = 10_000
LARGEST_FORM = 128 * 1024  # a comment of 10,000 four-byte characters, percent-encoded
# Joiners and soft hyphens stay: they are part of how people write.
_UNWANTED = re.compile(rf"(?![\n\t])[{CONTROLS}{TURNS}\ufeff]")
TRUSTED = {"1": True, "0": False}


class FormRejected(HeedError):
    """`problem` is what the page says: score, comment_too_long or unreadable. `score` and
    `comment` are what can be kept of the form."""

    def __init__(self, problem: str, score: int | None = None, comment: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.score = score
        self.comment = comment


@dataclass(frozen=True)
class Form:
    """`trusted` is what the script says of the click, None without script. `nonce` is
    empty when no page of ours made the form."""

    score: int
    comment: str | None
    contact: bool
    nonce: str
    trusted: bool | None
    gesture: Gesture | None


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
        # An empty field never deletes a comment: the page of a link does not show it.
        comment=comment or None,
        contact=fields.get("contact") == "yes",
        nonce=fields.get("nonce", ""),
        trusted=TRUSTED.get(fields.get("trusted", "")),
        gesture=_gesture(fields.get("gesture", "")),
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
        return gesture_of(read_strict_json(text)) if 0 < len(text) < 500 else None
    except (ValueError, RecursionError, BadRequest):
        return None


def _clean(text: str) -> str:
    """NFC. Without control characters, except line breaks and tabs, and without invisible
    changes of direction (the page sets `dir=auto`)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", lines)).strip()
