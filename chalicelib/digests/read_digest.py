"""Reads what a digest says. What it reads grows with the surveys of a team and with their months,
and not with their answers or tasks."""

from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct

from chalicelib import keys, moments
from chalicelib.digests.digest import MOST_WORDS, Part, part_of, shortened
from chalicelib.listed import Listing
from chalicelib.periods import Range
from chalicelib.responses.store import ResponseStore
from chalicelib.scores.summary import total
from chalicelib.surveys.definition import Survey
from chalicelib.tally.store import Part as CountedPart
from chalicelib.tally.store import TallyStore, days_of, months_of
from chalicelib.tally.tally import ALL, COURSE, LOOP

# Of the latest answers; most have no words.
LOOKED_AT: Final = 50
MOST_SURVEYS: Final = 20


class ReadDigestNeeds(Struct, frozen=True):
    """`tallies` makes a store of counts for one digest."""

    surveys: Callable[[], Iterable[Survey]]
    responses: ResponseStore
    tallies: Callable[[], TallyStore]


def read_digest(team_id: str, reader: str, days: Range, needs: ReadDigestNeeds) -> list[Part]:
    """Of the surveys whose tasks are the team's, by name. Those with nothing to say are left
    out, and the words of its reader, who is the keyed hash of an address."""
    mine = [survey for survey in needs.surveys() if survey.task_team == team_id]
    some = sorted(mine, key=lambda survey: (survey.name, survey.id))[:MOST_SURVEYS]
    tallies = needs.tallies()
    tallies.read_ahead([part for survey in some for part in _counted(survey, days)])
    parts = [_part(survey, reader, days, tallies, needs) for survey in some]
    return [part for part in parts if part.says_something]


def _counted(survey: Survey, days: Range) -> list[CountedPart]:
    of_days = [days_of(survey.id, days.first, days.end, segment) for segment in (ALL, LOOP)]
    return [*of_days, *(months_of(survey.id, segment) for segment in (LOOP, COURSE))]


def _part(
    survey: Survey, reader: str, days: Range, tallies: TallyStore, needs: ReadDigestNeeds
) -> Part:
    def over(segment: str) -> dict[str, int]:
        return total(tallies.days(survey.id, days.first, days.end, segment).values())

    def ever(segment: str) -> dict[str, int]:
        return total(tallies.months(survey.id, segment).get("", {}).values())

    # Words and praise of a sealed survey are shown by its own rules, and never of some days.
    sealed = survey.is_sealed
    words = [] if sealed else _words(survey, reader, days, needs.responses)
    praise = None if sealed else over(ALL).get("praise", 0)
    return part_of(survey.name, survey.lang, words, praise, over(LOOP), ever(LOOP), ever(COURSE))


def _words(survey: Survey, reader: str, days: Range, responses: ResponseStore) -> list[str]:
    """The latest comments, without a name and without a score."""
    first, end = (
        moments.to_text(moments.start_of(day, survey.tz)) for day in (days.first, days.end)
    )
    latest = Listing(keys.responses_of(survey.id), first, end, newest_first=True)
    found = responses.page(latest, LOOKED_AT).responses
    others = [response for response in found if response.person != reader and not response.gone]
    said = [response.comment for response in others if response.comment]
    return [shortened(comment) for comment in said[:MOST_WORDS]]
