from datetime import date, timedelta

from chalicelib import keys
from chalicelib.score.tally import ALL, add_counts
from chalicelib.table import Query, Table, every

NOT_COUNTS = {"PK", "SK", "version"}


class TallyStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def days(
        self, survey_id: str, first: date, end: date, segment: str = ALL
    ) -> dict[date, dict[str, int]]:
        """Counts by day, all shards summed, for first <= day < end. One query."""
        found = every(
            self._table,
            Query(
                keys.tallies_of(survey_id, segment),
                lowest=first.isoformat(),
                highest=(end - timedelta(days=1)).isoformat() + "#~",
            ),
        )
        days: dict[date, dict[str, int]] = {}
        for item in found:
            day = date.fromisoformat(item["SK"][:10])
            counts = {name: item[name] for name in item.keys() - NOT_COUNTS}
            add_counts(days.setdefault(day, {}), counts)
        return days
