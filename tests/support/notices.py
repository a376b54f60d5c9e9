"""Made-up notices, and words that break what carries them."""

from datetime import UTC, datetime

from chalicelib.invitations.invitation import Ticket
from chalicelib.notify.chat.notice import Notice

HOSTILE = (
    'She said "it works here" and left.',
    "first\nsecond\r\nthird\u2028fourth",
    "\U0001f62e\u200d\U0001f4a8 \U0001f469\U0001f3fd\u200d\U0001f4bb",
    "\u05e9\u05dc\u05d5\u05dd \u202ereversed\u202c \u0645\u0631\u062d\u0628\u0627",
    "<!channel> <@U0FICTIONAL> <https://evil.example|click> & more",
    "*bold* _it_ `code` [link](https://evil.example) <at>all</at> {{name}}",
    "back\\slash \x00\x07 tab\t",
)
HIDDEN = "\u202c\u202e\x00\x07"  # what a channel takes out of them


def lines_seen(words: str) -> list[str]:
    """As a channel shows them."""
    seen = "".join(letter for letter in words if letter not in HIDDEN)
    return [line.rstrip() for line in seen.strip().splitlines()]


DUE = datetime(2026, 11, 21, 15, 2, tzinfo=UTC)


def notice(**changes: object) -> Notice:
    facts: dict[str, object] = {
        "task": "tsk-fictional",
        "survey": "IT Help Desk",
        "state": "open",
        "due_at": DUE,
        "tz": "Europe/Oslo",
        "words": "Third visit, same fault.\nPlease call me.",
        "wishes_contact": True,
        "person": "Ingrid Solheim",
        "ticket": Ticket("zendesk", "48213", "No Wi-Fi", "https://desk.example.com/48213"),
        "causes": ("No answer", "Wrong fix"),
    }
    return Notice(**{**facts, **changes})  # type: ignore[arg-type]
