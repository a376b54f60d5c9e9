from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from tests.functional.conftest import Heed
from tests.support.open_link import NOON, Door


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def door(heed: Heed, monkeypatch: pytest.MonkeyPatch, clock: Any) -> Door:
    return Door(heed, monkeypatch)
