"""Solved tickets of a help desk, as its own API lists them, for calls of its webhook that were
lost. They come in a shape of the source, so that they are taken as a delivery is."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Protocol

from chalicelib.helpdesks.note import Account, AskDesk, DeskRefused


class Pull(Protocol):
    """Those that were solved since then. Reads the next page only when it is needed. Raises
    DeskRefused."""

    def __call__(
        self, account: Account, since: datetime, now: datetime, ask: AskDesk
    ) -> Iterator[dict[str, Any]]: ...


def read_object(answer: bytes) -> dict[str, Any]:
    """Raises DeskRefused."""
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise DeskRefused("answer_unreadable") from error
    if not isinstance(found, dict):
        raise DeskRefused("answer_unreadable")
    return found


def objects_in(found: Any) -> list[dict[str, Any]]:
    """Raises DeskRefused."""
    if not isinstance(found, list):
        raise DeskRefused("answer_unreadable")
    return [each for each in found if isinstance(each, dict)]
