from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine

from tests.functional.conftest import Heed
from tests.support.open_link import NOON, Door
from tests.support.tapping import Mail


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def door(heed: Heed, monkeypatch: pytest.MonkeyPatch, clock: Any) -> Door:
    return Door(heed, monkeypatch)


@pytest.fixture
def mail(heed: Heed) -> Iterator[Mail]:
    with time_machine.travel(datetime(2026, 11, 20, 13, 0).astimezone(), tick=False) as clock:
        yield Mail(heed, clock)
