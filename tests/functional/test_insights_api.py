"""Insights as a manager's program reads them."""

from chalicelib.api.key import Scope
from chalicelib.api.shapes.insights import InsightsShape
from tests.functional.conftest import Heed
from tests.functional.test_scores import count, refused
from tests.samples import SURVEY

INSIGHTS = f"/v1/surveys/{SURVEY.id}/insights"


def test_what_stands_out_is_told_in_sentences_with_their_numbers(heed: Heed) -> None:
    count(SURVEY.id, [30] + [0] * 6 + [40, 0, 0, 70])
    count(SURVEY.id, [30] + [0] * 6 + [10, 0, 0, 10], segment="group=Network")
    found = heed.call("GET", INSIGHTS).json_body
    InsightsShape.model_validate(found)
    assert [one["rule"] for one in found["items"]] == ["segment_gap"]
    item = found["items"][0]
    assert (item["numbers"]["responses"], item["numbers"]["responses_of_others"]) == (50, 90)
    assert 'Of group "Network" the score was lower' in item["says"]


def test_a_survey_that_nobody_answered_says_so(heed: Heed) -> None:
    found = heed.call("GET", INSIGHTS + "?from=2026-01-01&to=2026-02-01").json_body
    assert (found["survey"], found["from"], found["to"]) == (SURVEY.id, "2026-01-01", "2026-02-01")
    assert [one["rule"] for one in found["items"]] == ["too_few"]


def test_the_same_insights_are_not_sent_twice(heed: Heed) -> None:
    tag = heed.call("GET", INSIGHTS).headers["ETag"]
    assert heed.call("GET", INSIGHTS, If_None_Match=tag).status_code == 304


def test_insights_refuse_what_scores_refuse(heed: Heed) -> None:
    assert refused(heed.call("GET", INSIGHTS + "?sort=score")) == (400, "ranking-refused")
    assert refused(heed.call("GET", INSIGHTS + "?agent=x")) == (400, "employee-score-refused")
    assert refused(heed.call("GET", INSIGHTS + "?by=team")) == (400, "comparison-refused")
    assert refused(heed.call("GET", INSIGHTS + "?by=group")) == (422, "validation")
    assert heed.call("GET", "/v1/surveys/none/insights").status_code == 404
    key = heed.make_key(Scope.TASKS_READ)
    assert refused(heed.call("GET", INSIGHTS, key=key)) == (403, "scope-missing")
