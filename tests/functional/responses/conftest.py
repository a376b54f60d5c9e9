from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from tests.functional.conftest import Heed
from tests.support.answers import NOON, Said


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def said(heed: Heed, clock: Any) -> Said:
    return Said(heed, clock)


@pytest.fixture
def four(said: Said) -> Said:
    said.answer("a", 2, "Waiting in the queue", segments=("group=Network",))
    said.answer("b", 9, "Kind people", segments=("group=Network", "organization=B"))
    said.answer("c", 10, None, segments=("group=Desk",))
    said.answer("d", 7, "Straße, slow \U0001f600", segments=())
    return said
