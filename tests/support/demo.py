"""The demo as it is told on some day, and what the product says of it then."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from chalicelib.accounts.store import AccountStore
from chalicelib.disclosure.store import Ledger
from chalicelib.invitations.store import InvitationStore
from chalicelib.outcomes.count_people import CountPeopleNeeds
from chalicelib.outcomes.report import ShowOutcomesNeeds, show_outcomes
from chalicelib.outcomes.schemas import OutcomeReport, OutcomesQuery
from chalicelib.outcomes.store import OutcomeStore
from chalicelib.periods import Range, up_to
from chalicelib.responses.store import ResponseStore
from chalicelib.scores.benchmarks.schemas import Benchmark
from chalicelib.scores.benchmarks.show_benchmarks import ShowBenchmarksNeeds, show_benchmarks
from chalicelib.scores.goals.store import GoalStore
from chalicelib.scores.insights.read_facts import read_facts
from chalicelib.scores.insights.rules import insights
from chalicelib.scores.insights.schemas import Insight
from chalicelib.scores.insights.silent_accounts import SilentAccountsNeeds, silent_or_unread
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

WORSE, MENDED = (120, 60), (60, 0)  # between these days ago


class Told:
    """No `ago` is the range of a first call: the last 90 days."""

    def __init__(self, now: datetime) -> None:
        self.now, self.table = now, tell(now, lambda address: address, "a")

    def kinds(self, kind: str) -> list[Item]:
        return [item for item in self.table.items() if item["SK"] == kind]

    def days(self, ago: tuple[int, int] | None) -> Range:
        if ago is None:
            return up_to(self.now.date())
        first, end = (self.now.date() - timedelta(days=days) for days in ago)
        return Range(first, end)

    def insights(self, survey: Survey = DESK, ago: tuple[int, int] | None = None) -> list[Insight]:
        days, needs = self.days(ago), self._silent_needs()
        silent = silent_or_unread(survey, days, needs)
        today = self.now.date()
        return insights(read_facts(survey, days, today, TallyStore(self.table), silent))

    def numbers(
        self, rule: str, survey: Survey = DESK, ago: tuple[int, int] | None = None
    ) -> list[Mapping[str, Any]]:
        found = self.insights(survey, ago)
        return [insight["numbers"] for insight in found if insight["rule"] == rule]

    def scores(
        self, survey: Survey = DESK, ago: tuple[int, int] | None = None, **by: str
    ) -> Scores:
        days = self.days(ago)
        asked = {"from": days.first.isoformat(), "to": days.end.isoformat(), **by}
        query = ScoresQuery.model_validate(asked)
        return show_scores(survey, query, self.now, TallyStore(self.table), lambda _: Ledger({}))

    def split(
        self, by: str, survey: Survey = DESK, ago: tuple[int, int] | None = None
    ) -> dict[str, SegmentScores]:
        return {row["value"]: row for row in self.scores(survey, ago, by=by)["segments"]}

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
        shown = show_benchmarks(None, lambda survey: True, self.now, needs)
        return [*shown["internal"], *shown["external"]]

    def _silent_needs(self) -> SilentAccountsNeeds:
        found = ResponseStore(self.table).find_all
        return SilentAccountsNeeds(AccountStore(self.table), InvitationStore(self.table), found)
