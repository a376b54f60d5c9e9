"""The truth that tallies are held to: counted again from the raw items, without any of
the code that keeps the tallies."""

from collections import Counter
from collections.abc import Iterable

from chalicelib.table import Item

Cells = dict[tuple[str, str, str], dict[str, int]]  # survey, segment, day


def tallied(items: Iterable[Item]) -> Cells:
    cells: dict[tuple[str, str, str], Counter[str]] = {}
    for item in items:
        if not item["PK"].startswith("TALLY#"):
            continue
        _, survey, segment = item["PK"].split("#", 2)
        cell = cells.setdefault((survey, segment, item["SK"][:10]), Counter())
        for field, count in item.items():
            if field not in ("PK", "SK", "version"):
                cell[field] += count
    return _without_zeros(cells)


def recounted(items: Iterable[Item]) -> Cells:
    cells: dict[tuple[str, str, str], Counter[str]] = {}

    def count(item: Item, day: str, *fields: str) -> None:
        for segment in ("all", *item["segments"]):
            cells.setdefault((item["survey"], segment, day), Counter()).update(fields)

    for item in items:
        if item["SK"] == "INVITE" and item["status"] in ("sent", "linked"):
            count(item, item["asked_day"], "asked")
        if item["SK"] == "RESPONSE" and not item.get("gone") and item.get("posture"):
            cell = cells.setdefault((item["survey"], "~judged", item["asked_day"]), Counter())
            cell.update([f"{item['state']}|{item['why']}|{item['posture']}"])
        if item["SK"] == "RESPONSE" and item.get("state") == "counted":
            comment = ["nc"] if item.get("comment") else []
            count(item, item["day"], "n", f"c{item['score']}", *comment)
            if not item.get("open"):
                count(item, item["asked_day"], "answered")
    return _without_zeros(cells)


def _without_zeros(cells: dict[tuple[str, str, str], Counter[str]]) -> Cells:
    kept = {
        cell: {field: count for field, count in counts.items() if count}
        for cell, counts in cells.items()
    }
    return {cell: counts for cell, counts in kept.items() if counts}
