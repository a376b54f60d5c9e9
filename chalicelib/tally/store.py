from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from msgspec import Struct

from chalicelib import tally_keys
from chalicelib.periods import MONTHS_IN, Range, Step, edges, whole_months
from chalicelib.table import Item, Query, Table, every
from chalicelib.tally.shards import open_in, opened
from chalicelib.tally.tally import ALL, NAMED, add_counts, counts_in

Sums = dict[date, dict[str, int]]


class Part(Struct, frozen=True):
    """Some days of a segment, or some months of a dimension, in all shards."""

    survey: str
    counts: str
    lowest: str | None
    highest: str | None


class TallyStore:
    """Of one request: what it has read once it does not read again."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._open: dict[str, int] = {}
        self._found: dict[Part, list[Item]] = {}

    def beside_open(self, survey_ids: Iterable[str], *reads: Callable[[], Any]) -> list[Any]:
        """What `reads` give, read beside the numbers of shards."""
        *found, _ = self._table.together([*reads, lambda: self.read_open(survey_ids)])
        return found

    def read_open(self, survey_ids: Iterable[str]) -> None:
        """How many shards there are, which is read before any of them."""
        missing = [one for one in survey_ids if one not in self._open]
        if len(missing) == 1:
            self._open[missing[0]] = opened(self._table, missing[0])
        else:
            self._open |= open_in(self._table, missing)

    def read_ahead(self, parts: Iterable[Part]) -> None:
        """All at once. Reading any of them later costs nothing."""
        missing = [part for part in dict.fromkeys(parts) if part not in self._found]
        if not missing:
            return
        self.read_open({part.survey for part in missing})
        places = [
            (part, pk)
            for part in missing
            for pk in tally_keys.all_pks(part.counts, self._open[part.survey])
        ]
        found = self._table.together([partial(self._read, part, pk) for part, pk in places])
        self._found |= {part: [] for part in missing}
        for (part, _), items in zip(places, found, strict=True):
            self._found[part] += items

    def days(self, survey_id: str, first: date, end: date, segment: str = ALL) -> Sums:
        """Counts by day, all shards summed, for first <= day < end."""
        part = days_of(survey_id, first, end, segment)
        self.read_ahead([part])
        days: Sums = {}
        for item in self._found[part]:
            _add(days, tally_keys.when_and_value(item["SK"])[0], item)
        return days

    def months(
        self, survey_id: str, dimension: str, first: date | None = None, end: date | None = None
    ) -> dict[str, Sums]:
        """Counts by value of the dimension and first day of the month, all shards summed, for
        the whole months in first <= day < end; `all` has the one value ""."""
        part = months_of(survey_id, dimension, first, end)
        self.read_ahead([part])
        values: dict[str, Sums] = {}
        for item in self._found[part]:
            month, value = tally_keys.when_and_value(item["SK"])
            _add(values.setdefault(value, {}), f"{month}-01", item)
        return values

    def answers(self, survey_id: str) -> int:
        """Of the survey's whole life. Of a sealed survey, those of nobody who is known."""
        months = self.months(survey_id, ALL).get("", {})
        return sum(counts.get("n", 0) - counts.get(NAMED, 0) for counts in months.values())

    def over(self, survey_id: str, range_: Range, step: Step, segment: str = ALL) -> Sums:
        """Counts of the range by day, or by month where whole months are wanted: at most
        three parts, whose size follows from the range alone."""
        self.read_ahead(range_of(survey_id, range_, step, segment))
        inner = _months_within(range_, step, segment)
        if inner is None:
            return self.days(survey_id, range_.first, range_.end, segment)
        found = dict(self.months(survey_id, segment, inner.first, inner.end).get("", {}))
        for edge in edges(range_):
            found |= self.days(survey_id, edge.first, edge.end, segment)
        return found

    def has_any(self, survey_id: str) -> bool:
        """Whether anything was ever counted of a survey."""
        months = self.months(survey_id, ALL).get("", {})
        return any(count for counts in months.values() for count in counts.values())

    def _read(self, part: Part, pk: str) -> list[Item]:
        return every(self._table, Query(pk, lowest=part.lowest, highest=part.highest))


def days_of(survey_id: str, first: date, end: date, segment: str = ALL) -> Part:
    counts = tally_keys.tallies_of(survey_id, segment)
    return Part(survey_id, counts, first.isoformat(), _before(end))


def months_of(
    survey_id: str, dimension: str, first: date | None = None, end: date | None = None
) -> Part:
    lowest, highest = f"{first:%Y-%m}" if first else None, _before(end) if end else None
    return Part(survey_id, tally_keys.months_of(survey_id, dimension), lowest, highest)


def range_of(survey_id: str, range_: Range, step: Step, segment: str = ALL) -> Sequence[Part]:
    """What TallyStore.over reads."""
    inner = _months_within(range_, step, segment)
    if inner is None:
        return [days_of(survey_id, range_.first, range_.end, segment)]
    whole = months_of(survey_id, segment, inner.first, inner.end)
    return [whole, *(days_of(survey_id, one.first, one.end, segment) for one in edges(range_))]


def _months_within(range_: Range, step: Step, segment: str) -> Range | None:
    return whole_months(range_) if step in MONTHS_IN and "=" not in segment else None


def _before(end: date) -> str:
    """Above every key of the day before, and below those of the month that `end` begins."""
    return (end - timedelta(days=1)).isoformat() + "#~"


def _add(sums: Sums, day: str, item: Item) -> None:
    add_counts(sums.setdefault(date.fromisoformat(day), {}), counts_in(item))
