"""Reads the facts for the rules of insights, from the tallies."""

from collections.abc import Sequence
from datetime import date
from itertools import chain

from chalicelib.errors import Invalid
from chalicelib.periods import Range, Step
from chalicelib.scores.insights.facts import Facts, SilentAccounts, past_of
from chalicelib.scores.metric import ByPoint
from chalicelib.scores.report import ScoreRange, waiting_in
from chalicelib.scores.schemas import SegmentScores
from chalicelib.scores.sealed import told
from chalicelib.scores.segments import month_by_month, parts_by_value, parts_of, split
from chalicelib.scores.summary import total
from chalicelib.surveys.definition import Survey
from chalicelib.tally.store import TallyStore, range_of
from chalicelib.tally.tally import ALL, LOOP


def read_facts(
    survey: Survey,
    days: Range,
    today: date,
    tallies: TallyStore,
    silent_accounts: SilentAccounts | None,
) -> Facts:
    """`silent_accounts` is None when there was too much to read. The number of queries does
    not grow with the number of answers."""

    if survey.is_sealed:
        return _facts_of_sealed(survey, days, today, tallies)

    def over(span: Range, segment: str) -> dict[str, int]:
        return total(tallies.over(survey.id, span, Step.MONTH, segment).values())

    past = past_of(days)
    both = Range(past.first, days.end)
    score_range = ScoreRange(survey.id, survey.scale, both, Step.MONTH, today)
    spans = [(days, ALL), (past, ALL), (days, LOOP), (past, LOOP)]
    parts = [part for span, of in spans for part in range_of(survey.id, span, Step.MONTH, of)]
    compared = survey.split_by
    tallies.read_ahead([*parts, *(one for name in compared for one in parts_of(score_range, name))])
    by_value = [parts_by_value(score_range, score_range, name, tallies) for name in compared]
    tallies.read_ahead(chain(*by_value))
    rows, by_month, unread = _split(compared, score_range, tallies)
    return Facts(
        scale=survey.scale,
        days=days,
        today=today,
        now=over(days, ALL),
        before=over(past, ALL),
        loop=over(days, LOOP),
        loop_before=over(past, LOOP),
        held=waiting_in(over(days, ALL))["held"],
        segments=rows,
        by_month=by_month,
        unread=unread,
        silent_accounts=silent_accounts,
    )


def _facts_of_sealed(survey: Survey, days: Range, today: date, tallies: TallyStore) -> Facts:
    """What the gate lets out of its answers; nothing of who was asked, nor of segments."""
    spans = [(span, of) for span in (days, past_of(days)) for of in (ALL, LOOP)]
    tallies.read_ahead(
        [part for span, of in spans for part in range_of(survey.id, span, Step.MONTH, of)]
    )
    counts = [total(tallies.over(survey.id, span, Step.MONTH, of).values()) for span, of in spans]
    now, before = (told(of, survey.scale, survey.smallest_group).counts for of in counts[::2])
    return Facts(survey.scale, days, today, now, before, counts[1], counts[3], is_sealed=True)


def _split(
    compared: Sequence[str], score_range: ScoreRange, tallies: TallyStore
) -> tuple[
    list[SegmentScores], dict[tuple[str, str], Sequence[tuple[ByPoint, ByPoint]]], list[str]
]:
    """The rows, their answers by month, and the segments of too many values."""
    rows: list[SegmentScores] = []
    by_month: dict[tuple[str, str], Sequence[tuple[ByPoint, ByPoint]]] = {}
    unread: list[str] = []
    for name in compared:
        try:
            found = split(score_range, name, tallies)
        except Invalid:
            unread.append(name)
            continue
        rows += found
        values = [row["value"] for row in found]
        for value, months in month_by_month(score_range, name, values, tallies).items():
            by_month[name, value] = months
    return rows, by_month, unread
