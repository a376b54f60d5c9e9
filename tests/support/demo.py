"""The demo as it is told on some day, and what the product says of it then."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.accounts.store import AccountStore
from chalicelib.disclosure.store import Ledger
from chalicelib.invitations.store import InvitationStore
from chalicelib.outcomes.count_people import CountPeopleNeeds
from chalicelib.outcomes.report import ShowOutcomesNeeds, show_outcomes
from chalicelib.outcomes.schemas import OutcomeReport, OutcomesQuery
from chalicelib.outcomes.store import OutcomeStore
from chalicelib.periods import Range, month_after, up_to
from chalicelib.responses.store import ResponseStore
from chalicelib.scores.benchmarks.schemas import Benchmark
from chalicelib.scores.benchmarks.show_benchmarks import ShowBenchmarksNeeds, show_benchmarks
from chalicelib.scores.goals.store import GoalStore
from chalicelib.scores.insights.read_facts import read_facts
from chalicelib.scores.insights.rules import insights
from chalicelib.scores.insights.schemas import Insight
from chalicelib.scores.insights.silent_accounts import SilentAccountsNeeds, silent_or_unread
from chalicelib.scores.insights.snapshot import usual_days
from chalicelib.scores.query import ScoresQuery
from chalicelib.scores.schemas import Scores, SegmentScores
from chalicelib.scores.show_scores import show_scores
from chalicelib.snapshots import SnapshotStore
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.store import SurveyStore
from chalicelib.table import Item
from chalicelib.tally.store import TallyStore
from infra.demo.surveys import DESK
from infra.demo.tell import tell

# Between the beginnings of these months; 0 is the one in which the story is told.
WORSE, MENDED = (4, 2), (2, 0)
FIRST_WORSE, FIRST_MENDED, LAST_MONTH = (4, 3), (2, 1), (1, 0)
Months = tuple[int, int]


class Told:
    """No `months` is the range of a first call."""

    def __init__(self, now: datetime) -> None:
        self.now, self.table = now, tell(now, lambda address: address, "a")

    def kinds(self, kind: str) -> list[Item]:
        return [item for item in self.table.items() if item["SK"] == kind]

    def days(self, months: Months) -> Range:
        this = self.now.date().replace(day=1)
        return Range(*(month_after(this, -month) for month in months))

    def insights(self, survey: Survey = DESK, months: Months = LAST_MONTH) -> list[Insight]:
        days, needs = self.days(months), self._silent_needs()
        silent = silent_or_unread(survey, usual_days(survey, self.now), needs)
        today = self.now.date()
        return insights(read_facts(survey, days, today, TallyStore(self.table), silent))

    def numbers(
        self, rule: str, survey: Survey = DESK, months: Months = LAST_MONTH
    ) -> list[Mapping[str, Any]]:
        found = self.insights(survey, months)
        return [insight["numbers"] for insight in found if insight["rule"] == rule]

    def scores(self, survey: Survey = DESK, months: Months | None = None, **by: str) -> Scores:
        days = self.days(months) if months else up_to(self.now.date())
        asked = {"from": days.first.isoformat(), "to": days.end.isoformat(), **by}
        query = ScoresQuery.model_validate(asked)
        return show_scores(survey, query, self.now, TallyStore(self.table), lambda _: Ledger({}))

    def split(
        self, by: str, survey: Survey = DESK, months: Months | None = None, **more: str
    ) -> dict[str, SegmentScores]:
        shown = self.scores(survey, months, by=by, **more)
        return {row["value"]: row for row in shown["segments"]}

    def outcomes(self, survey: Survey, kind: str) -> OutcomeReport:
        query = OutcomesQuery.model_validate({"kind": kind})
        found = ResponseStore(self.table).find_all
        people = CountPeopleNeeds(
            InvitationStore(self.table), AccountStore(self.table), OutcomeStore(self.table), found
        )
        needs = ShowOutcomesNeeds(people, SnapshotStore(self.table))
        return show_outcomes(survey, query, self.now, needs)

    def benchmarks(self) -> list[Benchmark]:
        surveys, goals = SurveyStore(self.table), GoalStore(self.table)
        needs = ShowBenchmarksNeeds(surveys, TallyStore(self.table), goals)
        shown = show_benchmarks(None, None, self.now, needs)
        return [*shown["internal"], *shown["external"]]

    def _silent_needs(self) -> SilentAccountsNeeds:
        found = ResponseStore(self.table).find_all
        return SilentAccountsNeeds(AccountStore(self.table), InvitationStore(self.table), found)
