import pytest

from tests.functional.conftest import Heed
from tests.support.members import Browser, Post


@pytest.fixture
def post(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> Post:
    return Post(monkeypatch)


@pytest.fixture
def browser(heed: Heed) -> Browser:
    return Browser(heed)
