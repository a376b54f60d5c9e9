"""The title of a page sets a name apart from what stands beside it, in whatever script it is."""

import re

import pytest
from msgspec.structs import replace

from chalicelib.bidi import CLOSING, OPENING
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.members import signed_in
from tests.support.samples import SURVEY

NAME = "מוקד <IT> (2026)"
APART = f"{OPENING}מוקד &lt;IT&gt; (2026){CLOSING}"
HERE = f"/app/setup/surveys/{SURVEY.id}"


def title_of(heed: Heed, path: str, name: str) -> str:
    surveys_wiring.surveys().put(replace(SURVEY, name=name))
    heed.call("PUT", "/v1/teams/desk", {"name": name})
    surveys_wiring.catalogue.cache_clear()
    page = signed_in(heed).open(path).body.decode()
    (found,) = re.findall("<title>(.*?)</title>", page, re.DOTALL)
    return str(found)


@pytest.mark.parametrize(
    "path",
    [
        f"/app/surveys/{SURVEY.id}",
        HERE,
        f"{HERE}/invitations",
        f"{HERE}/reports",
        "/app/setup/teams/desk",
        f"/promise/{SURVEY.id}",
    ],
)
def test_a_name_is_set_apart(heed: Heed, path: str) -> None:
    title = title_of(heed, path, NAME)
    assert APART in title
    assert "bdi" not in title


def test_a_name_that_runs_as_the_page_does_stays_as_it_is(heed: Heed) -> None:
    assert title_of(heed, f"/app/surveys/{SURVEY.id}", "Help & Desk") == "Help &amp; Desk - Heed"
