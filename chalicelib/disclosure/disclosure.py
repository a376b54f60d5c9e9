"""What one key is told of who answered, and when. Pure: the only place that asks for the scope
`people:read`."""

import base64
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct

from chalicelib import ids, moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.disclosure.seal import seal, unseal
from chalicelib.errors import Forbidden, NotFound

A_DAY = timedelta(days=1)
ID, CURSOR = "response id", "cursor"


class Disclosure(Struct, frozen=True):
    """`secret` hides the ids and the places of answers from a key that does not see people. An
    answer has the id of its invitation, so its id tells whoever asked whose it is."""

    sees_people: bool
    secret: bytes = b""

    def require_people(self) -> None:
        """Raises Forbidden."""
        if not self.sees_people:
            raise Forbidden(Scope.PEOPLE_READ.value)

    def time(self, moment: datetime, zone: str) -> str:
        """A time, or the day in the zone."""
        return (
            moments.to_text(moment)
            if self.sees_people
            else moments.day_in(moment, zone).isoformat()
        )

    def exact_time(self, moment: datetime | None) -> str | None:
        """None where the key may not know it."""
        return moments.to_text(moment) if moment and self.sees_people else None

    def time_after(self, moment: datetime, start: datetime, zone: str) -> str:
        """A time that follows from another one. Its day is counted from the day of `start` in
        whole days: a part of a day would tell at what hour `start` was."""
        if self.sees_people:
            return moments.to_text(moment)
        return day_after(moment, start, zone).isoformat()

    def is_past(self, moment: datetime, start: datetime, zone: str, now: datetime) -> bool:
        """Whether the day that `time_after` shows is over; always so for exact times."""
        return self.sees_people or day_after(moment, start, zone) < moments.day_in(now, zone)

    def shown_id(self, real: str) -> str:
        if self.sees_people:
            return real
        return ids.encode(seal(ids.decode(real), self.secret, ID))

    def real_id(self, shown: str, what: str) -> str:
        """Raises NotFound, also for a real id that the key may not know."""
        if self.sees_people:
            return shown
        try:
            return ids.encode(unseal(ids.decode(shown), self.secret, ID))
        except ValueError:
            raise NotFound(what) from None

    def sealed_cursor(self, place: Mapping[str, str]) -> str:
        text = json.dumps(place, separators=(",", ":"), sort_keys=True)
        raw = seal(text.encode(), self.secret, CURSOR)
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    def opened_cursor(self, cursor: str) -> dict[str, str]:
        """Raises ValueError for one that is not of `sealed_cursor`."""
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        place: dict[str, str] = json.loads(unseal(raw, self.secret, CURSOR))
        return place


def disclosure_to(scopes: frozenset[Scope], secret: Callable[[], bytes]) -> Disclosure:
    """`secret` is read only when something has to be hidden."""
    if Scope.PEOPLE_READ in scopes:
        return Disclosure(True)
    return Disclosure(False, secret())


def day_after(moment: datetime, start: datetime, zone: str) -> date:
    whole_days = -((start - moment) // A_DAY)  # rounded up
    return moments.day_in(start, zone) + timedelta(days=whole_days)
