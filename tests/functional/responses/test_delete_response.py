"""One response is erased, with its words, its counts and its task. The invitation stays."""

from tests.functional.conftest import Heed
from tests.support.filling import BROWSER, filled_in
from tests.support.problems import problem
from tests.support.recount import recounted, tallied
from tests.support.storm import SURVEYED, Storm

RESPONSES = f"{SURVEYED}/responses"


def test_a_response_goes_with_its_words_its_counts_and_its_task(heed: Heed) -> None:
    made = Storm(heed).happens()
    assert heed.call("DELETE", f"{RESPONSES}/{made}").status_code == 204
    assert heed.call("GET", RESPONSES).json_body["items"] == []
    assert problem(heed.call("GET", f"/v1/tasks/{made}")) == (404, "not-found")
    (stored,) = heed.items("RESPONSE")
    assert not stored.keys() & {"score", "comment", "person", "ticket"}
    items = heed.stored()
    assert tallied(items) == recounted(items)
    visits = {item["PK"]: item for item in items if item["SK"] == "VISIT"}
    assert visits[f"INVITE#{made}"]["closed"]
    assert heed.call("GET", f"/v1/invitations/{made}").json_body["status"] == "sent"


def test_it_may_be_asked_for_twice_and_no_answer_comes_behind_it(heed: Heed) -> None:
    storm = Storm(heed)
    made = storm.happens()
    path = storm.path(made)
    page = heed.http.get(f"{path}/9", headers=BROWSER)
    for _ in range(2):
        assert heed.call("DELETE", f"{RESPONSES}/{made}").status_code == 204
    assert heed.post_form(path, filled_in(page, 9)).status_code == 404


def test_a_response_is_found_in_its_own_survey_only(heed: Heed) -> None:
    made = Storm(heed).happens()
    for path in (f"/v1/surveys/other/responses/{made}", f"{RESPONSES}/nobody"):
        assert problem(heed.call("DELETE", path)) == (404, "not-found")
    assert len(heed.call("GET", RESPONSES).json_body["items"]) == 1
