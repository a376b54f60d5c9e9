"""How far a file came. It is kept with the Idempotency-Key, a letter for each row."""

import hashlib
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from msgspec import Struct

from chalicelib.errors import OutcomeUnknown, WriteConflict
from chalicelib.table import Put, Table
from chalicelib.web.call import Call
from chalicelib.web.idempotency import SEEN_FOR, DeliveryStore, Once
from chalicelib.web.import_rows import Progress
from chalicelib.web.schemas import RowStatus

LETTERS: Final[dict[RowStatus, str]] = {"stored": "s", "repeated": "r"}
STATUSES: Final[dict[str, RowStatus]] = {letter: status for status, letter in LETTERS.items()}
NOT_DONE: Final = "-"


def progress_of(call: Call[Any, Any], into: str, table: Table) -> Progress:
    """`into` names what the file is for. Raises Invalid, or IdempotencyKeyReused when the key came
    with another file."""
    said = [into, hashlib.sha256(call.raw).hexdigest()]
    once = call.once(said, DeliveryStore(table))
    return KeptProgress(once, table, call.now) if once else NoProgress()


class NoProgress:
    """A file without an Idempotency-Key: each request begins at the first row."""

    done: dict[int, RowStatus] = {}  # noqa: RUF012 - it stays empty

    def save(self, done: dict[int, RowStatus]) -> None:
        pass


class KeptProgress(Struct, frozen=True):
    once: Once
    table: Table
    now: datetime

    @property
    def done(self) -> dict[int, RowStatus]:
        item = self.table.get(self.once.key) or {}
        letters = enumerate(item.get("rows", ""))
        return {place: STATUSES[letter] for place, letter in letters if letter in STATUSES}

    def save(self, done: dict[int, RowStatus]) -> None:
        last = max(done, default=-1)
        rows = (LETTERS[done[at]] if at in done else NOT_DONE for at in range(last + 1))
        item = {
            **self.once.key.as_item(),
            **self.once.facts,
            "rows": "".join(rows),
            "expires_at": int((self.now + SEEN_FOR).timestamp()),
        }
        # If it fails, the next request stores the same rows again, which changes nothing.
        with suppress(OutcomeUnknown, WriteConflict):
            self.table.write(Put(item))
