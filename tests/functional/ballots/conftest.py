from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from tests.functional.conftest import Heed
from tests.support.wave import Wave


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(datetime(2026, 11, 20, 13, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def wave(clock: Any, heed: Heed, monkeypatch: pytest.MonkeyPatch) -> Wave:
    return Wave(heed, monkeypatch)
