"""What a team is told of some days: the words first, then wins, what is open and why. No figure is
of one of its people. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final

from chalicelib.discreet import Discreet
from chalicelib.tasks.causes import causes_of
from chalicelib.tasks.task import BY_ANSWER

MOST_WORDS: Final = 5
MOST_CAUSES: Final = 3
LONGEST_WORDS: Final = 500


class Part(Discreet, frozen=True):
    """Of one survey or account; `about` is its name. `praise` None: its words and scores are not
    joined. `named` are the causes named most. `still_open` and `overdue` are as of now, the rest is
    of the days."""

    hidden = ("words",)

    about: str
    lang: str
    words: Sequence[str]
    praise: int | None
    closed: int
    fixed: int
    still_open: int
    overdue: int
    named: Sequence[tuple[str, int]]

    @property
    def says_something(self) -> bool:
        counts = (self.praise, self.closed, self.fixed, self.still_open, self.overdue)
        return bool(self.words) or any(counts)


def part_of(
    survey: str,
    lang: str,
    words: Sequence[str],
    praise: int | None,
    loop: Mapping[str, int],
    loop_ever: Mapping[str, int],
    course_ever: Mapping[str, int],
) -> Part:
    """`loop` are the counts of LOOP in the days. `loop_ever` and `course_ever` are those of LOOP
    and COURSE over the survey's whole life."""
    closed, improved = course_ever.get("closed", 0), course_ever.get("improved", 0)
    closed_late = closed - course_ever.get("closed_in_time", 0)
    causes = [row for row in causes_of(loop) if row[0] not in BY_ANSWER]
    return Part(
        about=survey,
        lang=lang,
        words=words[:MOST_WORDS],
        praise=praise,
        closed=sum(count for _, count in causes),
        fixed=loop.get("fixed", 0),
        still_open=max(loop_ever.get("opened", 0) - closed - improved, 0),
        overdue=max(course_ever.get("overdue", 0) - closed_late, 0),
        named=causes[:MOST_CAUSES],
    )


def shortened(comment: str) -> str:
    return comment if len(comment) <= LONGEST_WORDS else f"{comment[:LONGEST_WORDS].rstrip()}..."
