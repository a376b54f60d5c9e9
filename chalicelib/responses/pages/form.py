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
LARGEST_FORM = 256 * 1024  # two comments of 10,000 four-byte characters, percent-encoded
# Not all that is unseen: joiners and soft hyphens are part of how somebody writes.
_UNWANTED = re.compile(rf"(?![\n\t])[{CONTROLS}{TURNS}\ufeff]")
# Not what the script says of one press of the button: the next one is another.
GIVEN_BACK = ("score", "comment", "contact", "nonce", "earlier_comment", "earlier_contact")
TRUSTED = {"1": True, "0": False}


@dataclass(frozen=True)
class Earlier:
    """What earlier forms of the same visit said. The page that answered them brings it: a
    page never shows what was written elsewhere, so nothing of it is read from the table."""

    comment: str = ""
    contact: bool = False


class FormRejected(HeedError):
    """`problem` is what the page says: score, comment_too_long or unreadable. `score` and
    `comment` are what can be kept of the form."""

    def __init__(
        self,
        problem: str,
        score: int | None = None,
        comment: str = "",
        earlier: Earlier = Earlier(),
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.score = score
        self.comment = comment
        self.earlier = earlier


@dataclass(frozen=True)
class Form:
    """`trusted` is what the script says of the click, None without script. `nonce` is
    empty when no page of ours made the form. `open_ms` is how long the page was open when the
    button was pressed, by the script's clock."""

    score: int
    comment: str | None
    contact: bool
    nonce: str
    trusted: bool | None
    gesture: Gesture | None
    earlier: Earlier
    open_ms: int | None = None

    def pressed_at(self, opened_at: float, now: float) -> float:
        """Without script the page was opened, and nothing tells that it was pressed later. Nobody
        presses after his form has come."""
        return min(opened_at + (self.open_ms or 0) / 1000, now)

    @property
    def said(self) -> Earlier:
        """What the visit has said by now. A form takes nothing of it away."""
        contact = self.contact or self.earlier.contact
        return Earlier(self.comment or self.earlier.comment, contact)


def read_form(raw: bytes, points: range) -> Form:
    """Raises FormRejected. Each field may stand once; unknown fields have no effect."""
    fields = fields_of(raw)
    comment = clean(fields.get("comment", ""))
    score, earlier = _score(fields.get("score", ""), points), _earlier(fields)
    if score is None:
        raise FormRejected("score", None, comment, earlier)
    if len(comment) > LONGEST_COMMENT:
        raise FormRejected("comment_too_long", score, comment, earlier)
    return Form(
        score=score,
        # An empty field never deletes a comment: the page of a link does not show it.
        comment=comment or None,
        contact=fields.get("contact") == "yes",
        nonce=fields.get("nonce", ""),
        trusted=TRUSTED.get(fields.get("trusted", "")),
        gesture=_gesture(fields.get("gesture", "")),
        earlier=earlier,
        open_ms=_milliseconds(fields.get("open_ms", "")),
    )


def written_in(raw: bytes) -> dict[str, str]:
    """What a form says that cannot be taken just now, to be given back; empty when it has no
    answer. The survey may be unknown, so nothing is checked."""
    try:
        fields = fields_of(raw)
    except FormRejected:
        return {}
    kept = {name: clean(fields[name]) for name in GIVEN_BACK if fields.get(name)}
    return {"comment": "", **kept} if kept.keys() & {"score", "comment"} else {}


def fields_of(raw: bytes) -> dict[str, str]:
    """Raises FormRejected."""
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


def _earlier(fields: dict[str, str]) -> Earlier:
    comment = clean(fields.get("earlier_comment", ""))
    return Earlier(comment[:LONGEST_COMMENT], fields.get("earlier_contact") == "yes")


def _score(text: str, points: range) -> int | None:
    if not re.fullmatch(r"[0-9]|10", text, re.ASCII):
        return None
    return int(text) if int(text) in points else None


def _gesture(text: str) -> Gesture | None:
    try:
        return gesture_of(read_strict_json(text)) if 0 < len(text) < 500 else None
    except (ValueError, RecursionError, BadRequest):
        return None


def _milliseconds(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,12}", text, re.ASCII) else None


def clean(text: str) -> str:
    """NFC. Without control characters, except line breaks and tabs, and without invisible
    changes of direction (the page sets `dir=auto`)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", lines)).strip()
