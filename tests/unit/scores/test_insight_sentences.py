"""What no sentence of an insight or a goal says."""

import re
from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.scores.compare import compared
from chalicelib.scores.goals.goal import Goal, Metric, measured
from chalicelib.scores.goals.sentences import says
from chalicelib.scores.insights.facts import Facts, SilentAccount, first_by_name
from chalicelib.scores.insights.rules import insights
from chalicelib.scores.insights.schemas import Rule
from chalicelib.scores.metric import by_point
from chalicelib.scores.summary import summary
from chalicelib.surveys.scale import Scale, points_of
from tests.support.facts import DAYS, TODAY, facts, row
from tests.support.samples import NOW
from tests.support.tallies import nps_counts

# reliability.md 4.1 of the product's sources: no word that claims a cause.
CLAIMS = re.compile(
    r"\b(drives?|caused|because|due to|leads? to|led to|results? in|impacts?|effects? of|affects?"
    r"|improves?|improved|predicts?|proves?|thanks to|explains?|made)\b|(?<!\d )(?<!of )\bcauses\b",
    re.IGNORECASE,
)
# A trend arrow, a word for pay, or one for who served.
UNWANTED = re.compile(
    r"[\u2190-\u21ff\u2b00-\u2bff]|->"
    r"|\b(pay|paid|salary|wages?|bonus|reward|agents?|employees?|rank\w*|best|worst|nan|inf)\b",
    re.IGNORECASE,
)
COUNT = st.integers(0, 10**6) | st.integers(0, 60)


@st.composite
def any_facts(draw: st.DrawFn) -> Facts:
    scale = draw(st.sampled_from(list(Scale)))

    def answers() -> dict[str, int]:
        counts = {f"c{point}": draw(COUNT) for point in points_of(scale)}
        asked = {"asked": draw(COUNT), "answered": draw(COUNT), "praise": draw(COUNT)}
        asked["answered_in_7d"] = draw(COUNT)
        return counts | asked | {"n": sum(counts.values())}

    def loop() -> dict[str, int]:
        return {name: draw(COUNT) for name in ("closed", "fixed", "cause|Wi-Fi", "cause|Door")}

    def segment(value: str) -> dict[str, Any]:
        part, rest = answers(), answers()
        gap = compared(by_point(rest, scale), by_point(part, scale), scale)
        return {"segment": "role", "value": value, **summary(part, scale), "gap": gap}

    accounts = st.builds(SilentAccount, st.just("Example Ltd"), COUNT, COUNT)
    return Facts(
        scale=scale,
        days=DAYS,
        today=draw(st.sampled_from([TODAY, DAYS.end])),
        now=answers(),
        before=answers(),
        loop=loop(),
        loop_before=loop(),
        held=draw(COUNT),
        segments=[segment(f"value {n}") for n in range(draw(st.integers(0, 3)))],
        unread=draw(st.lists(st.just("site"), max_size=1)),
        silent_accounts=draw(st.none() | st.lists(accounts, max_size=12).map(first_by_name)),
    )


def unfit(sentence: str) -> list[str]:
    return [found[0] for found in (CLAIMS.search(sentence), UNWANTED.search(sentence)) if found]


@given(any_facts())
def test_no_sentence_claims_a_cause_or_speaks_of_pay_or_people(made: Facts) -> None:
    for one in insights(made):
        assert unfit(one["says"]) == [], one["says"]
        assert one["says"].endswith(".")


@given(any_facts())
def test_higher_is_higher_and_every_number_is_in_the_sentence_s_numbers(made: Facts) -> None:
    for one in insights(made):
        numbers = one["numbers"]
        if one["rule"] in ("score_change", "segment_gap"):
            assert (" higher" in one["says"]) == (numbers["difference"] > 0)
            assert str(numbers["responses"]) in one["says"]
        assert numbers


@given(any_facts(), st.floats(-100, 100), st.sampled_from(list(Metric)))
def test_no_sentence_about_a_goal_claims_a_cause_either(
    made: Facts, target: float, metric: Metric
) -> None:
    goal = Goal("g", "s", metric, target, TODAY, NOW)
    sentence = says(goal, measured(metric, made.now, made.scale), made.scale, DAYS.end)
    assert unfit(sentence) == [], sentence


def test_the_lint_of_the_wording_bites() -> None:
    for bad in ("Wi-Fi causes this.", "It rose because of you.", "It improves.", "No bonus \u2191"):
        assert unfit(bad), bad
    assert not unfit("8 causes fixed; Holm over 4 causes.")


def test_every_rule_can_speak_and_is_in_the_api_s_shape() -> None:
    odd, usual = nps_counts(30, 10, 10), nps_counts(10, 30, 60)
    eventful = facts(
        usual | {"praise": 1, "asked": 200, "answered_in_7d": 40},
        odd | {"asked": 200, "answered_in_7d": 90},
        segments=[row({name: odd[name] + usual[name] for name in odd}, odd, "manager")],
        unread=["site"],
        loop={"closed": 40, "cause|Wi-Fi": 20},
        loop_before={"closed": 40},
        silent_accounts=first_by_name([SilentAccount("Example Ltd", 2, 1)]),
        held=2,
    )
    quiet = nps_counts(10, 10, 20)
    unread = facts(quiet, quiet, silent_accounts=None)
    open_still = facts(quiet, today=DAYS.first)
    calm = [facts({}), facts(quiet, quiet), open_still, unread]
    said = [insight for one in (eventful, *calm) for insight in insights(one)]
    assert {one["rule"] for one in said} == set(get_args(Rule))
    assert [one["says"] for one in said if unfit(one["says"])] == []
