from typing import Any

import pytest

from chalicelib import targets
from tests.functional.conftest import Heed
from tests.support.webhooks import put_team


@pytest.fixture(autouse=True)
def _public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name has a public address."""
    monkeypatch.setattr(targets, "resolve", lambda host, port: ["93.184.216.34"])


@pytest.fixture
def desk(heed: Heed) -> Any:
    """The app, with the team `desk`."""
    put_team()
    return heed
