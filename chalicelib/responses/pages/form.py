"""Reads the answer form."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final
from urllib.parse import parse_qs

from msgspec import Struct, field

from chalicelib.discreet import Discreet
from chalicelib.errors import BadRequest, HeedError
from chalicelib.responses.judge.evidence import gesture_of
from chalicelib.responses.judge.facts import Gesture
from chalicelib.responses.pages.asked import FIELD, read_answers, read_earlier
from chalicelib.strict_json import read_strict_json
from chalicelib.surveys.question import LONGEST_WORDS, Answers, Given, Question
from chalicelib.text import CONTROLS, TURNS, VISIBLE

LONGEST_COMMENT = 10_000  # in code points: any letter and any simple emoji is one
# All that fits into the fields of a page, percent-encoded, with what an earlier form said: what is
# too long is given back, and nothing that was typed is lost.
LARGEST_FORM = 640 * 1024
MOST_FIELDS = 60
LONGEST_ADDRESS = 200
# As the templates call them.
LONGEST: Final = {
    "longest_comment": LONGEST_COMMENT,
    "longest_words": LONGEST_WORDS,
    "longest_address": LONGEST_ADDRESS,
}
# Not all that is unseen: joiners and soft hyphens are part of how somebody writes.
_UNWANTED = re.compile(rf"(?![\n\t])[{CONTROLS}{TURNS}\ufeff]")
# Not what the script says of one press of the button: the next one is another.
EARLIER = ("earlier_comment", "earlier_contact", "earlier_answers")
GIVEN_BACK = ("score", "comment", "contact", "contact_address", "nonce", *EARLIER)
TRUSTED = {"1": True, "0": False}


class Earlier(Struct, frozen=True):
    """What earlier forms of the same visit said. The page that answered them brings it: a
    page never shows what was written elsewhere, so nothing of it is read from the table."""

    comment: str = ""
    contact: bool = False
    answers: Answers = field(default_factory=dict)


NOTHING_EARLIER: Final = Earlier()


class FormRejected(HeedError):
    """`problem` is what the page says: score, comment_too_long, words_too_long or unreadable. The
    rest is what can be kept of the form. Words to the question `too_long` are."""

    def __init__(
        self,
        problem: str,
        score: int | None = None,
        comment: str = "",
        earlier: Earlier = NOTHING_EARLIER,
        answers: Answers | None = None,
        too_long: str | None = None,
        contact: bool = False,
        address: str | None = None,
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.score = score
        self.comment = comment
        self.earlier = earlier
        self.answers = answers or {}
        self.too_long = too_long
        self.contact, self.address = contact, address


class Form(Discreet, frozen=True):
    """`trusted` is what the script says of the click, None without script. `nonce` is
    empty when no page of ours made the form. `open_ms` is how long the page was open when the
    button was pressed, by the script's clock."""

    hidden = ("address",)

    score: int
    comment: str | None
    contact: bool
    nonce: str
    trusted: bool | None
    gesture: Gesture | None
    earlier: Earlier
    open_ms: int | None = None
    answers: Answers = field(default_factory=dict)
    address: str | None = None

    def pressed_at(self, opened_at: float, now: float) -> float:
        """Without script the page was opened, and nothing tells that it was pressed later. Nobody
        presses after his form has come."""
        return min(opened_at + (self.open_ms or 0) / 1000, now)

    @property
    def said(self) -> Earlier:
        """What the visit has said by now. A form takes none of its words away."""
        answers = {**self.earlier.answers, **self.answers}
        kept = {name: given for name, given in answers.items() if given}
        return Earlier(self.comment or self.earlier.comment, self.contact, kept)

    @property
    def wish(self) -> bool | None:
        """Whether to be contacted. None: it says nothing, since the page of a link shows no tick
        that was set before."""
        return False if self.earlier.contact and not self.contact else self.contact or None


def read_form(
    raw: bytes,
    points: range,
    questions: Sequence[Question] = (),
    names_itself: bool = False,
) -> Form:
    """Raises FormRejected. Each field may stand once; unknown fields have no effect."""
    fields = fields_of(raw)
    comment = clean(fields.get("comment", ""))
    score, earlier = _score(fields.get("score", ""), points), _earlier(fields, questions)
    answers = read_answers(fields, questions, earlier.answers)
    answers = {name: _tidy(given) for name, given in answers.items()}
    contact = fields.get("contact") == "yes"
    # Without the tick an address that was typed is not kept.
    address = _address(fields) if names_itself and contact else None
    too_long = _too_long(answers)
    problems = {
        "score": score is None,
        "comment_too_long": len(comment) > LONGEST_COMMENT,
        "words_too_long": too_long is not None,
        "contact_missing": names_itself and contact and address is None,
    }
    problem = next((name for name, is_there in problems.items() if is_there), None)
    if score is None or problem:
        kept = comment, earlier, answers, too_long, contact, address
        raise FormRejected(problem or "score", score, *kept)
    return Form(
        score=score,
        # An empty field never deletes a comment: the page of a link does not show it.
        comment=comment or None,
        contact=contact,
        nonce=fields.get("nonce", ""),
        trusted=TRUSTED.get(fields.get("trusted", "")),
        gesture=_gesture(fields.get("gesture", "")),
        earlier=earlier,
        open_ms=_milliseconds(fields.get("open_ms", "")),
        answers={name: given for name, given in answers.items() if given != ""},
        address=address,
    )


def written_in(raw: bytes) -> dict[str, str]:
    """What a form says that cannot be taken just now, to be given back; empty when it has no
    answer. The survey may be unknown, so nothing is checked."""
    try:
        fields = fields_of(raw)
    except FormRejected:
        return {}
    names = [*GIVEN_BACK, *(name for name in fields if name.startswith(FIELD))]
    kept = {name: clean(fields[name]) for name in names if fields.get(name)}
    return {"comment": "", **kept} if kept.keys() & {"score", "comment"} else {}


def fields_of(raw: bytes) -> dict[str, str]:
    """Raises FormRejected."""
    if len(raw) > LARGEST_FORM:
        raise FormRejected("comment_too_long")
    try:
        values = parse_qs(
            raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError as error:
        raise FormRejected("unreadable") from error
    if any(len(given) > 1 for given in values.values()):
        raise FormRejected("unreadable")
    return {name: given[0] for name, given in values.items()}


def _earlier(fields: dict[str, str], questions: Sequence[Question]) -> Earlier:
    comment = clean(fields.get("earlier_comment", ""))
    said = read_earlier(fields.get("earlier_answers", ""), questions)
    answers = {name: _tidy(given)[:LONGEST_WORDS] for name, given in said.items()}
    return Earlier(comment[:LONGEST_COMMENT], fields.get("earlier_contact") == "yes", answers)


def _address(fields: dict[str, str]) -> str | None:
    """One line. None where there is nothing to reach somebody by."""
    line = " ".join(clean(fields.get("contact_address", "")).split())
    return line if re.search(VISIBLE, line) and len(line) <= LONGEST_ADDRESS else None


def _tidy(given: Given) -> Given:
    return clean(given) if isinstance(given, str) else given


def _too_long(answers: Answers) -> str | None:
    """The first question with too many words."""
    words = {name: given for name, given in answers.items() if isinstance(given, str)}
    return next((name for name, given in words.items() if len(given) > LONGEST_WORDS), None)


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
