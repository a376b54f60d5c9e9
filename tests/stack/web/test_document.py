"""What the deployed API answers where the document has no route."""

import pytest

from tests.conftest import Stack
from tests.support.outside import call

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("DELETE", "/v1/health", 405),
        ("POST", "/v1/surveys/it-help-desk/scores", 405),
        ("PUT", "/v1/hooks/zendesk/x", 405),
        ("OPTIONS", "/v1/surveys", 204),
        ("HEAD", "/v1/health", 200),
        ("HEAD", "/v1/tasks", 401),
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1/surveys/a%2Fb", 404),
    ],
)
def test_what_no_route_takes_is_answered_all_the_same(
    stack: Stack, method: str, path: str, status: int
) -> None:
    answer = call(method, stack.api + path)
    assert answer.status == status
    assert ("Allow" in answer.headers) == (status in (204, 405))
    assert (answer.text == "") == (method == "HEAD" or status == 204)
