"""What the use cases of benchmarks need."""

from chalicelib.scores.benchmarks.show_benchmarks import ShowBenchmarksNeeds
from chalicelib.scores.goals import wiring as goals_wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tally import wiring as tally_wiring


def show_benchmarks_needs() -> ShowBenchmarksNeeds:
    return ShowBenchmarksNeeds(
        surveys=surveys_wiring.surveys(),
        tallies=tally_wiring.tallies(),
        goals=goals_wiring.goals(),
    )
