"""Reads what the form of a task's page says. It has a button for each act, and its note goes with
whichever is pressed."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import field
from msgspec.structs import replace

from chalicelib.discreet import Discreet
from chalicelib.responses.pages.form import FormRejected, clean, fields_of
from chalicelib.surveys.definition import Survey
from chalicelib.tasks.reach import Untold
from chalicelib.tasks.schemas import LONGEST_TOLD
from chalicelib.tasks.task import CLOSED, OPEN, TAKEN, WAITING, Change, Task
from chalicelib.text import VISIBLE

LONGEST_NOTE: Final = 200
LONGEST_CAUSE: Final = 60
UNTOLD: Final = "untold"
NOTE: Final = "note"
# What each act takes beside the note.
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "hand_on": ("owner",),
    "wait": ("until",),
    "close": ("cause", "fixed", "told", "send"),
}
KEPT: Final = (NOTE, *(name for names in FIELDS.values() for name in names))
# Nobody pressed a button, but Enter in a field.
ENTER: Final = "enter"


class Form(Discreet, frozen=True):
    """`written` is what somebody typed or chose, by the names of the fields."""

    hidden = ("written",)

    act: str
    version: int
    written: Mapping[str, str] = field(default_factory=dict)

    @property
    def left(self) -> dict[str, str]:
        """What was typed for another act than the one that was done."""
        taken = (NOTE, *FIELDS.get(self.act, ()))
        return {name: text for name, text in self.written.items() if name not in taken}


class ChangeRejected(Exception):
    """`problem` says what is wrong with the form, or with one field of it, which takes `most`
    characters."""

    def __init__(self, problem: str, field: str = "", most: int | None = None) -> None:
        super().__init__(problem)
        self.problem, self.field, self.most = problem, field, most


def read_form(raw: bytes) -> Form:
    """What cannot be read asks for nothing."""
    try:
        fields = fields_of(raw)
    except FormRejected:
        return Form("", 0)
    written = {name: _kept(name, fields[name]) for name in KEPT if fields.get(name)}
    version = fields.get("version", "")
    number = int(version) if re.fullmatch(r"[0-9]{1,9}", version, re.ASCII) else 0
    act = fields.get("act", "")
    return Form(_meant(written) if act == ENTER else act, number, written)


def change_of(form: Form, member: str, zone: str) -> Change:
    """`member` is who does it. Raises ChangeRejected."""
    said = form.written
    change = _change_of(form.act, said, member, zone)
    if NOTE not in said:
        return change
    note = _checked(NOTE, said[NOTE], LONGEST_NOTE)
    is_closing = change.state == CLOSED
    return replace(change, noted=note) if is_closing else replace(change, note=note)


def _change_of(act: str, said: Mapping[str, str], member: str, zone: str) -> Change:
    if act == "take":
        return Change(TAKEN, owner=member)
    if act == "give_back":
        return Change(OPEN)
    if act == "hand_on":
        return _handing_on(said)
    if act == NOTE:
        return Change(None, note=_checked(NOTE, said.get(NOTE), LONGEST_NOTE))
    if act == "wait":
        return Change(WAITING, until=local_moment(said.get("until", ""), zone))
    if act == "close":
        return _closing(said)
    raise ChangeRejected("nothing")


def _meant(written: Mapping[str, str]) -> str:
    """The act whose fields alone are filled in; none where that is not clear."""
    acts = {NOTE: (NOTE,), **FIELDS}
    filled = [act for act, names in acts.items() if any(name in written for name in names)]
    return filled[0] if len(filled) == 1 else ""


def _handing_on(said: Mapping[str, str]) -> Change:
    if "owner" not in said:
        raise ChangeRejected("nobody", "owner")
    return Change(None, owner=said["owner"])


def _closing(said: Mapping[str, str]) -> Change:
    if "cause" not in said:
        raise ChangeRejected("cause", "cause")
    cause, fixed = _checked("cause", said["cause"], LONGEST_CAUSE), said.get("fixed") == "yes"
    told = said.get("told")
    if said.get("send") == "yes":
        return Change(CLOSED, cause, fixed, tell=_told(told))
    return Change(CLOSED, cause, fixed, _told(told) if told else None)


def _told(told: str | None) -> str:
    """Mailed or not, it has the same limit."""
    if not told or not re.search(VISIBLE, told):
        raise ChangeRejected("tell", "told")
    if len(told) > LONGEST_TOLD:
        raise ChangeRejected("too_long", "told", LONGEST_TOLD)
    return told


def _checked(field: str, text: str | None, longest: int) -> str:
    if not text or len(text) > longest or not re.search(VISIBLE, text):
        raise ChangeRejected("line", field, longest)
    return text


def local_moment(text: str, zone: str) -> datetime:
    """As a browser sends it: local, without an offset."""
    try:
        local = datetime.strptime(text[:16], "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - the team's zone
        return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ChangeRejected("until", "until") from error


def _kept(name: str, text: str) -> str:
    """A letter has lines."""
    return clean(text) if name == "told" else _line(text)


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def refuse_untold(
    change: Change, task: Task, survey: Survey, untold: Callable[[Task, Survey], Untold | None]
) -> None:
    """Raises ChangeRejected when a change tells something to a person who cannot be told."""
    if change.tell and untold(task, survey):
        raise ChangeRejected(UNTOLD, "told")
