"""The posture of a reader's mail domain, kept for a while. A send waits at most a second
for it, and goes on when the look-up fails."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from msgspec import Struct

from chalicelib.errors import LookupFailed, OutcomeUnknown, Unavailable, WriteConflict
from chalicelib.mail.posture import Posture, posture_of
from chalicelib.mail.store import PostureStore

KEPT = timedelta(days=7)
FAILURE_KEPT = timedelta(hours=1)


class Postures(Struct, frozen=True):
    """`hosts` gives the MX hosts of a domain, or raises LookupFailed."""

    store: PostureStore
    hosts: Callable[[str], Sequence[str]]

    def of(self, address: str, now: datetime) -> Posture:
        domain = address.rpartition("@")[2].lower().rstrip(".")
        with suppress(Unavailable):
            known = self.store.find(domain, now)
            if known:
                return known
        posture, kept = self._look_up(domain)
        with suppress(OutcomeUnknown, WriteConflict):
            self.store.keep(domain, posture, now + kept)
        return posture

    def _look_up(self, domain: str) -> tuple[Posture, timedelta]:
        # A domain that does not exist is a failure too: e-mails go there, so the resolver is
        # more likely to be wrong than the address.
        try:
            return posture_of(self.hosts(domain)), KEPT
        except LookupFailed:
            return Posture.UNKNOWN, FAILURE_KEPT
