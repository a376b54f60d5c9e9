"""The loop of a survey as the API shows it."""

from datetime import date

from chalicelib.periods import Range, Step, up_to
from chalicelib.scores.loop.loop import loop_of
from chalicelib.scores.loop.schemas import Loop, WinsOfTheWeek
from chalicelib.scores.summary import total
from chalicelib.scores.wins import wins
from chalicelib.surveys.definition import Survey
from chalicelib.tally.store import Sums, TallyStore, days_of, range_of
from chalicelib.tally.tally import ALL, COURSE, LOOP, add_counts
from chalicelib.web.days import shown_days

A_WEEK = 7


def show_loop(survey: Survey, days: Range, today: date, tallies: TallyStore) -> Loop:
    """What it reads follows from the range alone."""
    week = up_to(today, A_WEEK)
    tallies.read_ahead(
        [
            *(part for of in (LOOP, COURSE) for part in range_of(survey.id, days, Step.MONTH, of)),
            *(days_of(survey.id, week.first, week.end, of) for of in (ALL, LOOP)),
        ]
    )
    loop, course = (
        _by_month(tallies.over(survey.id, days, Step.MONTH, of)) for of in (LOOP, COURSE)
    )
    return {
        "survey": survey.id,
        "tz": survey.tz,
        **shown_days(days),
        **loop_of(loop, course),
        "wins_of_the_week": wins_of(survey, week, tallies),
    }


def wins_of(survey: Survey, days: Range, tallies: TallyStore) -> WinsOfTheWeek:
    counts, loop = (
        total(tallies.days(survey.id, days.first, days.end, of).values()) for of in (ALL, LOOP)
    )
    done = wins(counts, loop)
    # Praise joins words and scores, and a week of a sealed survey is of few.
    return {**shown_days(days), **done, "praise": None if survey.is_sealed else done["praise"]}


def _by_month(sums: Sums) -> Sums:
    months: Sums = {}
    for day, counts in sums.items():
        add_counts(months.setdefault(day.replace(day=1), {}), counts)
    return months
