"""A stack that a file of tests has for itself, to stop it or to change it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import heed, stack_environment


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("own")


@pytest.fixture(scope="module")
def environment(home: Path) -> Iterator[dict[str, str]]:
    environment = stack_environment(home)
    yield environment
    heed("down", environment)
