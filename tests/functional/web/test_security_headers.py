"""Every answer, of a page or of the API, good or bad, tells a browser the same."""

import pytest

from chalicelib.web.security import HEADERS
from tests.functional.conftest import Heed
from tests.support.samples import SURVEY


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/r/x/9"),
        ("POST", "/r/x"),
        ("POST", "/r/x/evidence"),
        ("GET", f"/s/{SURVEY.id}"),
        ("GET", "/u/x"),
        ("GET", "/h/x/1"),
        ("GET", "/v1/health"),
        ("GET", "/v1/surveys"),
        ("GET", "/v1/surveys/none"),
        ("GET", f"/v1/surveys/{SURVEY.id}/qr"),
        ("GET", "/v1/docs"),
        ("POST", "/v1/outcomes"),
        ("POST", "/v1/hooks/zendesk/x"),
    ],
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_it_is_told(heed: Heed, method: str, path: str, signed_in: bool) -> None:
    headers = {"Authorization": f"Bearer {heed.key}"} if signed_in else {}
    answer = heed.http.request(method, path, headers=headers, body=b"")
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_a_browser_keeps_to_tls_for_two_years() -> None:
    assert HEADERS["Strict-Transport-Security"] == f"max-age={2 * 365 * 24 * 60 * 60}"
