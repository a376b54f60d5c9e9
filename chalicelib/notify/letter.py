"""A letter: an e-mail to somebody of a team, or to a respondent about what became of their answer.
What it says is made when it is sent, from what is stored then. Pure."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from chalicelib import ids


class Letter(Struct, frozen=True):
    """`kind` names its composer and its templates. `about` is the id of a task, a response, a
    survey or a team. `to` is what the composer finds the address by; it holds no address. `survey`
    None: it is about several. `due_at` None: it goes at once. `once` tells it from another letter
    of its kind about the same to the same."""

    id: str
    kind: str
    about: str
    to: Mapping[str, str]
    created_at: datetime
    survey: str | None = None
    due_at: datetime | None = None
    once: str = ""


def letter_for(
    kind: str,
    about: str,
    to: Mapping[str, str],
    now: datetime,
    survey: str | None = None,
    due_at: datetime | None = None,
    once: str = "",
) -> Letter:
    """With the same id for the same, so that it is written once."""
    named = (part for name in sorted(to) for part in (name, to[name]))
    letter_id = ids.derived_id("letter", kind, about, once, *named)
    return Letter(letter_id, kind, about, to, now, survey, due_at, once)
