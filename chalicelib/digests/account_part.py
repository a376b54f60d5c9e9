"""What the owner of an account is told of its answers in some days. Pure. All of them are answers
of named surveys."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from chalicelib.digests.digest import MOST_CAUSES, MOST_WORDS, Part, shortened
from chalicelib.periods import Range
from chalicelib.responses.response import Response
from chalicelib.surveys.scale import is_happy
from chalicelib.tasks.closing import Closing
from chalicelib.tasks.task import BY_ANSWER, Task


def account_part(
    name: str,
    lang: str,
    answers: Sequence[Response],
    tasks: Mapping[str, Task],
    days: Range,
    now: datetime,
) -> Part:
    """`tasks` are by the ids of their answers. What is open and overdue is as of now."""
    said = _said_in(days, answers)
    still_open = [task for task in tasks.values() if not task.closing]
    closings = [task.closing for task in tasks.values() if task.closing]
    acted = [closing for closing in closings if _is_loop_closed(closing, days)]
    causes = Counter(closing.cause for closing in acted)
    return Part(
        about=name,
        lang=lang,
        words=[shortened(answer.comment or "") for answer in said[:MOST_WORDS]],
        praise=sum(1 for answer in said if answer.band and is_happy(answer.band)),
        closed=len(acted),
        fixed=sum(closing.fixed for closing in acted),
        still_open=len(still_open),
        overdue=sum(1 for task in still_open if task.due_at <= now),
        named=causes.most_common(MOST_CAUSES),
    )


def _said_in(days: Range, answers: Sequence[Response]) -> list[Response]:
    """Those with words, the latest first."""
    said = [answer for answer in answers if answer.comment and _day(answer.day) in days]
    return sorted(said, key=lambda answer: answer.answered_at, reverse=True)


def _is_loop_closed(closing: Closing, days: Range) -> bool:
    return closing.cause not in BY_ANSWER and _day(closing.day) in days


def _day(text: str) -> date:
    return date.fromisoformat(text)
