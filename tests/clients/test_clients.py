"""Clients that others make from the document work against the deployed API. Those in Java and Go:
make clients."""

from pathlib import Path

import pytest

from tests.clients.makers import walked
from tests.conftest import Stack

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("language", ["python", "typescript"])
def test_a_made_client_walks_through_the_api(stack: Stack, tmp_path: Path, language: str) -> None:
    assert walked(language, tmp_path / language, stack) == f"walk-{language}: 3 tasks\n"
