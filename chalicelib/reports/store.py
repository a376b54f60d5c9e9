from datetime import date, datetime
from typing import Final

from msgspec.structs import replace

from chalicelib import keys, moments, sent_keys
from chalicelib.reports.report import Report
from chalicelib.table import ABSENT, Condition, Item, Put, Query, Table

A_PAGE: Final = 50


class ReportStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, survey_id: str, month: date) -> Report | None:
        item = self._table.get(sent_keys.report(survey_id, f"{month:%Y-%m}"))
        return _from_item(item) if item else None

    def replace(self, before: Report, after: Report, due_at: datetime | None = None) -> Report:
        """With `due_at` a tick goes on with it then. Raises as Table.write."""
        stored = replace(after, version=before.version + 1)
        item = _to_item(stored)
        if due_at:
            shard = keys.due_shard(keys.id_of(item["PK"]))
            item |= {"due_shard": shard, "due_at": moments.to_text(due_at)}
        when: Condition = {"version": before.version or ABSENT}
        self._table.write(Put(item, when))
        return stored

    def asked(self, report: Report, tz: str) -> tuple[list[str], str | None]:
        """Ids of the next invitations of the month, in the order in which they were made, and the
        place of the last one; None at the end."""
        first, end = (
            moments.to_text(moments.start_of(day, tz))
            for day in (report.days.first, report.days.end)
        )
        listed = keys.invitations_of(report.survey)
        lowest = f"{report.place}~" if report.place else first
        page = self._table.query(Query(listed, "listed", lowest=lowest, highest=end, limit=A_PAGE))
        found = [keys.id_listed(item["list_sk"]) for item in page.items]
        return found, str(page.items[-1]["list_sk"]) if page.next and page.items else None


def _to_item(report: Report) -> Item:
    item: Item = {
        **sent_keys.report(report.survey, f"{report.month:%Y-%m}").as_item(),
        "survey": report.survey,
        "month": report.month.isoformat(),
        "heard": list(report.heard),
        "did": list(report.did),
        "state": report.state,
        "version": report.version,
    }
    facts = {"place": report.place, "changed_by": report.changed_by}
    return item | {name: value for name, value in facts.items() if value}


def _from_item(item: Item) -> Report:
    return Report(
        survey=item["survey"],
        month=date.fromisoformat(item["month"]),
        heard=tuple(item["heard"]),
        did=tuple(item["did"]),
        state=item["state"],
        version=item["version"],
        place=item.get("place"),
        changed_by=item.get("changed_by"),
    )
