"""Nobody is asked before it is written what success looks like; an answer is always taken."""

from typing import Any

import pytest

from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.items import definition_of
from tests.functional.conftest import Heed
from tests.functional.helpdesks.test_hooks import deliver
from tests.support.filling import PRESSED, filled_in
from tests.support.given_surveys import survey_of
from tests.support.samples import SURVEY

PATH = f"/v1/surveys/{SURVEY.id}"
ASKING = [
    ("POST", f"{PATH}/invitations", {"email": "ingrid@example.com"}),
    ("POST", f"{PATH}/links", {"ticket": {"id": "48213"}}),
    ("GET", f"{PATH}/qr", None),
]


def put(heed: Heed, **changes: Any) -> None:
    body = {**definition_of(SURVEY), "open_link": True, **changes}
    assert heed.call("PUT", PATH, body).status_code == 200
    surveys_wiring.catalogue.cache_clear()


@pytest.fixture
def draft(heed: Heed) -> Heed:
    put(heed, success=None)
    return heed


@pytest.mark.parametrize(("method", "path", "body"), ASKING)
def test_a_draft_asks_nobody_and_says_what_is_missing(
    draft: Heed, method: str, path: str, body: Any
) -> None:
    before = draft.stored()
    answer = draft.call(method, path, body)
    assert (answer.status_code, answer.json_body["type"]) == (
        409,
        "urn:heed:problem:success-missing",
    )
    assert f'PUT {PATH} with "success"' in answer.json_body["detail"]
    assert draft.stored() == before
    put(draft, success="Nobody asks twice.")
    assert draft.call(method, path, body).status_code in (200, 201)


def test_a_refused_delivery_leaves_a_line_and_nothing_that_would_stop_the_next(draft: Heed) -> None:
    before = draft.stored()
    refused = deliver(draft)
    assert refused.status_code == 409
    assert '"success"' in refused.json_body["detail"]
    # Zendesk repeats a 409 by itself three times, and anything that names less than a minute.
    assert "Retry-After" not in refused.headers
    (line,) = draft.items("HOOKED")
    assert (line["result"], line["reason"], line["ticket"]) == (
        "refused",
        "success_missing",
        "48213",
    )
    assert "invitation" not in line
    assert [item for item in draft.stored() if item["SK"] != "HOOKED"] == before
    put(draft, success="Nobody asks twice.")
    assert deliver(draft).status_code == 202
    assert len(draft.items("INVITE")) == 1


def test_the_open_link_of_a_draft_is_a_page_like_that_of_any_other_dead_link(draft: Heed) -> None:
    link, nowhere = f"/s/{SURVEY.id}", "/s/nowhere"
    assert draft.http.get(link).status_code == draft.http.get(nowhere).status_code == 404
    assert draft.http.get(link).body == draft.http.get(nowhere).body
    assert draft.post_form(link, {"score": 9}).status_code == 404
    put(draft, success="Nobody asks twice.")
    assert draft.http.get(link).status_code == 200


def test_whoever_was_asked_before_is_heard_whatever_the_survey_is_now(heed: Heed) -> None:
    heed.call("POST", f"{PATH}/invitations", {"email": "ingrid@example.com"})
    (item,) = heed.items("INVITE")
    put(heed, success=None)
    path = f"/r/{heed.token(item)}"
    page = heed.open(path + "/9")
    assert page.status_code == 200
    assert heed.post_form(path, filled_in(page, 9) | PRESSED).status_code == 200
    assert [one["score"] for one in heed.items("RESPONSE")] == [9]
    assert heed.call("GET", f"{PATH}/scores").json_body["responses"] == 1


@pytest.mark.parametrize("success", ["", "   ", "two\nlines", 7])
def test_a_sentence_is_one_line_with_something_on_it(heed: Heed, success: object) -> None:
    answer = heed.call("PUT", PATH, {**definition_of(SURVEY), "success": success})
    assert answer.status_code == 422


def test_a_survey_from_before_there_was_such_a_sentence_is_a_draft(heed: Heed) -> None:
    known = {name: value for name, value in definition_of(SURVEY).items() if name != "success"}
    surveys_wiring.surveys().put(survey_of(known))
    assert heed.call("GET", PATH).json_body["success"] is None
    assert heed.call("POST", ASKING[0][1], ASKING[0][2]).status_code == 409
