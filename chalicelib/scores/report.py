"""The scores of a survey over a range of days, read from its tallies."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from chalicelib.disclosure.sealed import SCORED_WORDS_FROM
from chalicelib.periods import Range, Step, month_after, periods_of
from chalicelib.scores.asked import question_counts
from chalicelib.scores.compare import compared
from chalicelib.scores.history import Months, baseline_of, first_month, trend, trend_from
from chalicelib.scores.metric import by_point
from chalicelib.scores.schemas import Period, ScoreChange, ScoreParts, Summary, Trend, Wins
from chalicelib.scores.sealed import sealed_summary, told
from chalicelib.scores.summary import summary, total
from chalicelib.scores.wins import wins
from chalicelib.surveys.question import Question
from chalicelib.tally.store import Part, Sums, TallyStore, days_of, range_of
from chalicelib.tally.tally import ALL, LOOP, NAMED
from chalicelib.web.days import shown_days

WAITING = ("held", "settling")


class ScoreRange(Struct, frozen=True):
    """`segment` is `all` or `name=value`. `against` is the earlier range to compare with, which
    is shown when this `tells_change`. `today` is a day in the survey's zone. `smallest_group` is
    that of a sealed survey, None of a named one, which alone has `questions` here. `knows_asked`
    False: anybody may have got the link."""

    survey: str
    scale: str
    range: Range
    step: Step
    today: date
    segment: str = ALL
    against: Range | None = None
    tells_change: bool = True
    smallest_group: int | None = None
    questions: Sequence[Question] = ()
    knows_asked: bool = True

    def hides(self, counts: Mapping[str, int]) -> bool:
        k = self.smallest_group
        return k is not None and told(counts, self.scale, k).hidden is not None

    def summary(
        self, counts: Mapping[str, int], whole_life: Mapping[str, int] | None = None
    ) -> Summary:
        if self.smallest_group is None:
            return summary(counts, self.scale)
        whole = whole_life if self.knows_asked else None
        return sealed_summary(counts, self.scale, self.smallest_group, whole)


def scores(score_range: ScoreRange, tallies: TallyStore, months: Months) -> ScoreParts:
    """`months` are all months of the survey, counted for the whole survey."""
    parts = _counts(score_range, tallies)
    whole = _summed(parts.values(), score_range)
    start = trend_start(score_range.survey, tallies, months)
    return {
        **score_range.summary(whole, total(months.values())),
        "change": _change(score_range, tallies, whole),
        "trend": _trend(score_range, months, start),
        "trend_from": start.isoformat() if start else None,
        "wins": _wins(score_range, tallies, whole),
        "periods": [
            _period(period, parts, score_range)
            for period in periods_of(score_range.range, score_range.step)
        ],
        "questions": [*question_counts(score_range.questions, whole)],
    }


def range_against(against: str, days: Range, months: Months, today: date) -> Range | None:
    """`against` is `previous`, `baseline` or `none`. None also while there is no baseline."""
    if against == "previous":
        return days.previous
    baseline = baseline_of(months, today) if against == "baseline" else None
    return baseline.range if baseline else None


def parts_behind(score_range: ScoreRange, months: Months) -> list[Part]:
    """What depends on the survey's past: when it began, and its baseline."""
    survey, start, past = score_range.survey, first_month(months), score_range.against
    began = [days_of(survey, start, month_after(start))] if start else []
    before = range_of(survey, past, Step.MONTH, score_range.segment) if past else []
    return [*began, *before]


def waiting_in(counts: Mapping[str, int]) -> dict[str, int]:
    """Of the whole survey: the answers that are in no score yet."""
    return {
        state: sum(count for field, count in counts.items() if field.startswith(f"{state}|"))
        for state in WAITING
    }


def _counts(score_range: ScoreRange, tallies: TallyStore) -> Sums:
    parts = _over(score_range, tallies, score_range.segment)
    if score_range.segment != ALL:
        return parts
    # What is held or settles is counted by the day of asking, and not for single segments.
    return {day: counts | waiting_in(counts) for day, counts in parts.items()}


def _summed(parts: Iterable[Mapping[str, int]], score_range: ScoreRange) -> dict[str, int]:
    # For the whole survey these are 0, not missing, even when nothing was counted.
    return total([waiting_in({}) if score_range.segment == ALL else {}, *parts])


def _over(score_range: ScoreRange, tallies: TallyStore, segment: str) -> Sums:
    return tallies.over(score_range.survey, score_range.range, score_range.step, segment)


def _change(
    score_range: ScoreRange, tallies: TallyStore, whole: Mapping[str, int]
) -> ScoreChange | None:
    past = score_range.against
    if past is None or not score_range.tells_change:
        return None
    before = total(tallies.over(score_range.survey, past, Step.MONTH, score_range.segment).values())
    if score_range.hides(before) or score_range.hides(whole):
        return None
    points = by_point(before, score_range.scale), by_point(whole, score_range.scale)
    return {**shown_days(past), **compared(*points, score_range.scale)}


def trend_start(survey: str, tallies: TallyStore, months: Months) -> date | None:
    """None until somebody answered."""
    start = first_month(months)
    if start is None:
        return None
    days = tallies.days(survey, start, month_after(start))
    first = min((day for day, counts in days.items() if counts.get("n", 0) > 0), default=start)
    return trend_from(first)


def has_a_year(survey: str, tallies: TallyStore, months: Months, today: date) -> bool:
    """Whether its first answer is a year old."""
    start = first_month(months)
    if start is None or today < month_after(start, 12):
        return False
    # The day of the first answer matters, and is read, in one month only.
    from_day = None if today >= month_after(start, 13) else trend_start(survey, tallies, months)
    return from_day is None or today >= from_day


def _trend(score_range: ScoreRange, months: Months, start: date | None) -> Trend | None:
    if start is None or start > score_range.today or score_range.segment != ALL:
        return None
    # A month that is not over yet is not in the trend.
    return trend(months, min(score_range.range.end, score_range.today), score_range.scale)


def _wins(score_range: ScoreRange, tallies: TallyStore, whole: Mapping[str, int]) -> Wins:
    # Tasks are counted for the whole survey only, so one segment has no closed loops.
    loop = total(_over(score_range, tallies, LOOP).values()) if score_range.segment == ALL else None
    done = wins(whole, loop)
    is_sealed = score_range.smallest_group is not None
    # It joins words and scores.
    few = whole.get("n", 0) - whole.get(NAMED, 0) < SCORED_WORDS_FROM
    return {**done, "praise": None} if is_sealed and few else done


def _period(period: Range, parts: Sums, score_range: ScoreRange) -> Period:
    counts = _summed((counts for day, counts in parts.items() if day in period), score_range)
    return {**shown_days(period), **score_range.summary(counts)}
