"""Reads what the rules of insights are about, from the tallies."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from chalicelib.errors import Invalid
from chalicelib.score.insight import Facts, SilentAccount
from chalicelib.score.periods import Range, Step
from chalicelib.score.report import Asked, held_in
from chalicelib.score.segments import split
from chalicelib.score.store import TallyStore
from chalicelib.score.summary import total
from chalicelib.score.tally import ALL, JUDGED, LOOP
from chalicelib.survey.definition import Survey
from chalicelib.survey.segment import names_a_department


def read_facts(
    survey: Survey,
    days: Range,
    today: date,
    tallies: TallyStore,
    silent_accounts: Sequence[SilentAccount] | None = (),
) -> Facts:
    """Reads as much for a million answers as for one. `silent_accounts` None: too many to
    be read."""

    def over(span: Range, segment: str) -> dict[str, int]:
        return total(tallies.over(survey.id, span, Step.MONTH, segment).values())

    rows, unread = _split(survey, Asked(survey.id, survey.scale, days, Step.MONTH, today), tallies)
    return Facts(
        scale=survey.scale,
        days=days,
        today=today,
        now=over(days, ALL),
        before=over(days.previous, ALL),
        loop=over(days, LOOP),
        loop_before=over(days.previous, LOOP),
        held=held_in(over(days, JUDGED)),
        segments=rows,
        unread=unread,
        silent_accounts=silent_accounts or (),
        accounts_unread=silent_accounts is None,
    )


def _split(
    survey: Survey, asked: Asked, tallies: TallyStore
) -> tuple[list[dict[str, Any]], list[str]]:
    """Departments are never set beside each other."""
    rows, unread = [], []
    for name in survey.segments:
        if names_a_department(name):
            continue
        try:
            rows += split(asked, name, tallies)
        except Invalid:
            unread.append(name)
    return rows, unread
