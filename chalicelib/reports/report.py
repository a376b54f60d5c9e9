"""What we heard, what we did: the team's words of one month, to everyone who was asked in it.
Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, Literal

from chalicelib.discreet import Discreet
from chalicelib.periods import Range, month_after
from chalicelib.tally.tally import CAUSE, FIXED
from chalicelib.tasks.causes import causes_of
from chalicelib.tasks.task import BY_ANSWER

State = Literal["draft", "edited", "sending", "sent"]
MOST_LINES: Final = 10


class Report(Discreet, frozen=True):
    """`month` is its first day. A draft is not stored. `place`: up to where in the list of
    invitations letters were written. `changed_by` is the id of a key."""

    hidden = ("heard", "did")

    survey: str
    month: date
    heard: Sequence[str] = ()
    did: Sequence[str] = ()
    state: State = "draft"
    version: int = 0
    place: str | None = None
    changed_by: str | None = None

    @property
    def days(self) -> Range:
        return Range(self.month, month_after(self.month))

    @property
    def is_on_its_way(self) -> bool:
        return self.state in ("sending", "sent")


def drafted(survey: str, month: date, counts: Mapping[str, int], themes: Sequence[str]) -> Report:
    """`counts` are those of LOOP and COURSE in the month."""
    heard = [*themes, *(cause for cause, _ in causes_of(counts, CAUSE) if cause not in BY_ANSWER)]
    did = [cause for cause, _ in causes_of(counts, FIXED)]
    return Report(survey, month, _each_once(heard), _each_once(did))


def _each_once(lines: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(lines))[:MOST_LINES]
