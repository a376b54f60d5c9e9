"""The QR code of an open link."""

from xml.etree import ElementTree

import pytest

from chalicelib.api_keys.api_key import Scope
from tests.functional.conftest import Heed
from tests.support.open_link import LINK, Door
from tests.support.samples import SURVEY

QR = f"/v1/surveys/{SURVEY.id}/qr"


@pytest.fixture
def door(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> Door:
    return Door(heed, monkeypatch)


def test_the_qr_code_is_a_drawing_of_the_open_link(door: Door, heed: Heed) -> None:
    shown = heed.call("GET", QR)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/svg+xml")
    svg = shown.body.decode()
    root = ElementTree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert f"https://heed.example.com{LINK}" in svg
    assert "<script" not in svg
    assert heed.call("GET", QR + "?group=Network").body != shown.body


@pytest.mark.parametrize(
    "query", ["colour=red", "organization=a&organization=b", "group=", "group=%00"]
)
def test_a_segment_that_the_survey_does_not_have_is_not_printed(
    door: Door, heed: Heed, query: str
) -> None:
    answer = heed.call("GET", f"{QR}?{query}")
    assert answer.status_code == 409
    assert answer.json_body["errors"][0]["code"] == "segment_invalid"


def test_there_is_no_qr_code_without_an_open_link_or_a_key_for_it(door: Door, heed: Heed) -> None:
    assert heed.call("GET", QR, key=heed.make_key(Scope.SCORES_READ)).status_code == 403
    assert heed.http.get(QR).status_code == 401
    assert heed.call("GET", "/v1/surveys/none/qr").status_code == 404
    door.put(open_link=False)
    assert heed.call("GET", QR).status_code == 404
