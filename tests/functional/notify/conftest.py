from collections.abc import Iterator

import pytest

from chalicelib.helpdesks import account_wiring
from tests.functional.webhooks.conftest import _public, _webhook_secrets, desk

__all__ = ["_public", "_webhook_secrets", "desk"]


@pytest.fixture(autouse=True)
def _accounts() -> Iterator[None]:
    yield
    account_wiring._read_at.clear()
