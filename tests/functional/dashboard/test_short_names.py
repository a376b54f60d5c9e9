"""What is wrong with the short name of something new: it is missing, too long, or has signs that an
address cannot have."""

import re
from html import unescape

import pytest

from tests.functional.conftest import Heed
from tests.functional.dashboard.test_set_up_surveys import TYPED as SURVEY
from tests.functional.dashboard.test_set_up_teams import TYPED as TEAM
from tests.support.members import signed_in
from tests.support.setup_pages import send

FORMS = {"/app/setup/new-survey": (SURVEY, 32), "/app/setup/new-team": (TEAM, 64)}
TOO_LONG = "This is longer than %s characters. Please shorten it, then press the button again."


def told(heed: Heed, path: str, short_name: str) -> str:
    typed, _ = FORMS[path]
    browser = signed_in(heed)
    answer = send(browser, browser.open(path), path, **{**typed, "id": short_name})
    assert answer.status_code == 422
    (found,) = re.findall('<p class="wrong" id="e-id">(.*?)</p>', answer.body.decode())
    assert unescape(short_name) in answer.body.decode()
    return unescape(found)


@pytest.mark.parametrize("path", FORMS)
def test_one_that_is_too_long_is_told_its_limit(heed: Heed, path: str) -> None:
    most = FORMS[path][1]
    assert told(heed, path, "a" * (most + 1)) == TOO_LONG % most


@pytest.mark.parametrize("path", FORMS)
def test_a_missing_one_is_asked_for(heed: Heed, path: str) -> None:
    assert told(heed, path, "") == "Please fill this in."


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("name", ["no good", "é", "a/b", "👩‍🔧", "."])
def test_odd_signs_are_told_as_such(heed: Heed, path: str, name: str) -> None:
    assert told(heed, path, name) == "This has characters that cannot be used here."
