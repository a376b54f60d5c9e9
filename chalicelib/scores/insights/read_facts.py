"""Reads the facts for the rules of insights, from the tallies."""

from collections.abc import Sequence
from datetime import date

from chalicelib.errors import Invalid
from chalicelib.misuse import names_a_department
from chalicelib.periods import Range, Step
from chalicelib.scores.insights.facts import Facts, SilentAccount, past_of
from chalicelib.scores.report import ScoreRange, waiting_in
from chalicelib.scores.schemas import SegmentScores
from chalicelib.scores.segments import parts_of, split
from chalicelib.scores.summary import total
from chalicelib.surveys.definition import Survey
from chalicelib.tally.store import TallyStore, range_of
from chalicelib.tally.tally import ALL, JUDGED, LOOP


def read_facts(
    survey: Survey,
    days: Range,
    today: date,
    tallies: TallyStore,
    silent_accounts: Sequence[SilentAccount] | None = (),
) -> Facts:
    """`silent_accounts` is None when there was too much to read. The number of queries does
    not grow with the number of answers."""

    def over(span: Range, segment: str) -> dict[str, int]:
        return total(tallies.over(survey.id, span, Step.MONTH, segment).values())

    past = past_of(days)
    both = Range(past.first, days.end)
    score_range = ScoreRange(survey.id, survey.scale, both, Step.MONTH, today)
    spans = [(days, ALL), (past, ALL), (days, LOOP), (past, LOOP), (days, JUDGED)]
    parts = [part for span, of in spans for part in range_of(survey.id, span, Step.MONTH, of)]
    # Departments are never compared with each other.
    compared = [name for name in survey.segments if not names_a_department(name)]
    tallies.read_ahead([*parts, *(one for name in compared for one in parts_of(score_range, name))])
    rows, unread = _split(compared, score_range, tallies)
    return Facts(
        scale=survey.scale,
        days=days,
        today=today,
        now=over(days, ALL),
        before=over(past, ALL),
        loop=over(days, LOOP),
        loop_before=over(past, LOOP),
        held=waiting_in(over(days, JUDGED))["held"],
        segments=rows,
        unread=unread,
        silent_accounts=silent_accounts or (),
        accounts_unread=silent_accounts is None,
    )


def _split(
    compared: Sequence[str], score_range: ScoreRange, tallies: TallyStore
) -> tuple[list[SegmentScores], list[str]]:
    rows: list[SegmentScores] = []
    unread: list[str] = []
    for name in compared:
        try:
            rows += split(score_range, name, tallies)
        except Invalid:
            unread.append(name)
    return rows, unread
