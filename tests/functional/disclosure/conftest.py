from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from chalicelib.api_keys.api_key import Scope
from tests.functional.conftest import Heed
from tests.support.known_people import BEGIN, KnownPeople


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(BEGIN, tick=False) as traveller:
        yield traveller


@pytest.fixture
def people(heed: Heed, clock: Any) -> KnownPeople:
    return KnownPeople(heed, clock)


@pytest.fixture
def key(heed: Heed) -> str:
    """With every scope but the one."""
    return heed.make_key(*set(Scope) - {Scope.PEOPLE_READ})
