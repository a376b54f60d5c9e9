import time
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.invitations.token import Purpose
from tests.functional.conftest import Heed
from tests.support.samples import stored_invitation

Break = Callable[[dict[str, list[Any]]], None]


@pytest.fixture
def broken(heed: Heed, faulty: Any, monkeypatch: pytest.MonkeyPatch) -> Break:
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    return lambda plan: faulty(wiring.table()._table._client, plan) and None  # type: ignore[attr-defined]


@pytest.fixture
def link(heed: Heed) -> str:
    stored_invitation(wiring.table())
    return f"/u/{heed.token(heed.items('INVITE')[0], Purpose.UNSUBSCRIBE)}"
