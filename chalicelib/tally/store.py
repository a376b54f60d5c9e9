from collections.abc import Iterable
from datetime import date, timedelta

from chalicelib import keys
from chalicelib.periods import MONTHS_IN, Range, Step, edges, whole_months
from chalicelib.table import Item, Query, Table, every
from chalicelib.tally.tally import ALL, add_counts, counts_in

Sums = dict[date, dict[str, int]]


class TallyStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def days(self, survey_id: str, first: date, end: date, segment: str = ALL) -> Sums:
        """Counts by day, all shards summed, for first <= day < end. One query."""
        partition = keys.tallies_of(survey_id, segment)
        days: Sums = {}
        for item in self._found(partition, first.isoformat(), _before(end)):
            _add(days, item["SK"][:10], item)
        return days

    def months(
        self, survey_id: str, dimension: str, first: date | None = None, end: date | None = None
    ) -> dict[str, Sums]:
        """Counts by value of the dimension and first day of the month, all shards summed, for
        the whole months in first <= day < end; `all` has the one value "". One query."""
        lowest = f"{first:%Y-%m}" if first else None
        values: dict[str, Sums] = {}
        partition = keys.months_of(survey_id, dimension)
        for item in self._found(partition, lowest, _before(end) if end else None):
            month, value = item["SK"][:7], item["SK"][8:-3]
            _add(values.setdefault(value, {}), f"{month}-01", item)
        return values

    def over(self, survey_id: str, range_: Range, step: Step, segment: str = ALL) -> Sums:
        """Counts of the range by day, or by month where whole months are wanted: at most
        three queries, whose size follows from the range alone."""
        inner = whole_months(range_) if step in MONTHS_IN and "=" not in segment else None
        if inner is None:
            return self.days(survey_id, range_.first, range_.end, segment)
        found = dict(self.months(survey_id, segment, inner.first, inner.end).get("", {}))
        for edge in edges(range_):
            found |= self.days(survey_id, edge.first, edge.end, segment)
        return found

    def has_any(self, survey_id: str) -> bool:
        """Whether anything was ever counted of a survey. One query."""
        months = self.months(survey_id, ALL).get("", {})
        return any(count for counts in months.values() for count in counts.values())

    def _found(self, partition: str, lowest: str | None, highest: str | None) -> Iterable[Item]:
        return every(self._table, Query(partition, lowest=lowest, highest=highest))


def _before(end: date) -> str:
    """Above every key of the day before, and below those of the month that `end` begins."""
    return (end - timedelta(days=1)).isoformat() + "#~"


def _add(sums: Sums, day: str, item: Item) -> None:
    add_counts(sums.setdefault(date.fromisoformat(day), {}), counts_in(item))
