"""Limits how often one network may try a receipt in a minute, or answer by a link that everybody
has. It is counted in the memory of the process, under a key that goes with the first try of
another minute: nothing is stored, and no log or table tells later who was there."""

import hmac
import secrets
from collections import Counter
from datetime import datetime

from chalicelib.networks import prefix_of

# An office is one network. No rate of tries finds 128 bits; a try reads all ballots that wait.
LIMIT = 60
WINDOW_S = 60


class Tries:
    def __init__(self) -> None:
        self._minute, self._key = -1, b""
        self._tries = Counter[bytes]()

    def take(self, survey_id: str, address: str, now: datetime) -> bool:
        """False when the limit is reached."""
        minute = int(now.timestamp()) // WINDOW_S
        if minute != self._minute:
            self._minute, self._key = minute, secrets.token_bytes(32)
            self._tries.clear()
        of = f"{survey_id}\x00{prefix_of(address)}".encode()
        caller = hmac.digest(self._key, of, "sha256")
        self._tries[caller] += 1
        return self._tries[caller] <= LIMIT
