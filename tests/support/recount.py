"""The truth that tallies are held to: counted again from the raw items, without any of
the code that keeps the tallies."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from chalicelib.table import Item

Cells = dict[tuple[str, str, str], dict[str, int]]  # survey, segment, day or month
BEST = {"nps": (9, 10), "csat": (4, 5), "ces": (5, 6, 7), "thumbs": (1,)}


def tallied(items: Iterable[Item]) -> Cells:
    """As it is read: of the shards that are open."""
    items = list(items)
    opened = {item["PK"][7:]: item["open"] for item in items if item["SK"] == "SHARDS"}
    cells: dict[tuple[str, str, str], Counter[str]] = {}
    for item in items:
        kind, _, rest = item["PK"].partition("#")
        if kind not in ("TALLY", "MONTHS"):
            continue
        survey, segment = rest.split("#", 1)
        segment, shard = segment.rsplit("#", 1)
        when, _, value = item["SK"].partition("#")
        when, _, row = when.partition("!")
        if int(shard) + 32 * int(row or 0) >= opened.get(survey, 1):
            continue  # nobody reads it
        segment = f"{segment}={value}" if value else segment
        cell = cells.setdefault((survey, segment, when), Counter())
        for field, count in item.items():
            if field not in ("PK", "SK", "version"):
                cell[field] += count
    return _without_zeros(cells)


def recounted(items: Iterable[Item]) -> Cells:
    return _without_zeros(_Truth(list(items)).cells)


def contradictions(items: Iterable[Item]) -> list[tuple[str, str, str]]:
    """Where more are answered, refused and bounced than were asked, or fewer than none."""
    fields = ("answered", "refused", "bounced")
    return [
        cell
        for cell, counts in tallied(items).items()
        if counts.get("asked", 0) < sum(counts.get(field, 0) for field in fields)
        or any(counts.get(field, 0) < 0 for field in fields)
    ]


def _options(given: str | list[str]) -> list[str]:
    return given if isinstance(given, list) else []


class _Truth:
    def __init__(self, items: list[Item]) -> None:
        self.cells: dict[tuple[str, str, str], Counter[str]] = {}
        responses = [item for item in items if item["SK"] == "RESPONSE" and not item.get("gone")]
        answers = {item["id"]: item for item in responses if item["state"] == "counted"}
        for item in items:
            if item["SK"] == "INVITE" and item.get("asked_day"):
                end = [item["ended"]] if "ended" in item else []
                became = _answered(answers[item["id"]]) if item["id"] in answers else end
                self.count(item, item["asked_day"], "asked", *became)
            if item["SK"] == "TASK":
                self.add_task(item)
        for item in responses:
            self.add_response(item)

    def add_response(self, item: Item) -> None:
        if item.get("posture"):
            judged = f"{item['state']}|{item['why']}|{item['posture']}"
            self.tally(item["survey"], "all", item["asked_day"], judged)
        if item.get("state") != "counted":
            return
        if item["origin"] == "ballot":
            self.count(item, item["asked_day"], "answered")
        words = ["nc"] if item.get("comment") else []
        best = item["score"] in BEST[item.get("scale", "nps")]
        words += ["praise"] if words and best else []
        asked = item.get("answers", {})
        chosen = [f"a|{name}|{one}" for name in asked for one in _options(asked[name])]
        words += [*(f"a|{name}" for name in asked), *chosen]
        if item["origin"] == "ballot" and item.get("contact"):
            words += ["named", f"v{item['score']}"]
        self.count(item, item["day"], "n", f"c{item['score']}", *words)

    def add_task(self, item: Item) -> None:
        if "opened_day" in item:
            self.tally(item["survey"], "~loop", item["opened_day"], "opened")
        if item["state"] == "closed":
            fixed = ["fixed"] if item["fixed"] else []
            fields = ["closed", f"cause|{item['cause']}", *fixed]
            self.tally(item["survey"], "~loop", item["closed_day"], *fields)
            if item["fixed"]:
                self.tally(item["survey"], "~course", item["closed_day"], f"fixed|{item['cause']}")
        if "opened_day" in item:
            self.tally(item["survey"], "~course", item["opened_day"], *_course(item))

    def count(self, item: Item, day: str, *fields: str) -> None:
        for segment in ("all", *item["segments"]):
            self.tally(item["survey"], segment, day, *fields)

    def tally(self, survey: str, segment: str, day: str, *fields: str) -> None:
        """On the day and in its month."""
        for when in (day, day[:7]):
            self.cells.setdefault((survey, segment, when), Counter()).update(fields)


def _course(item: Item) -> list[str]:
    if item.get("cause") in ("answer improved", "contact no longer wished"):
        return ["improved"]
    late = item.get("overdue", False)
    touched, start = item.get("touched"), item.get("again_at", item["created_at"])
    fields = [] if "helped" not in item else ["helped" if item["helped"] else "not_helped"]
    if touched:
        in_time = ["touched_in_time"] * (touched["at"] <= item["due_at"])
        worked = touched["worked_hours"]
        fields += ["touched", *in_time, *_hours("touched", start, touched["at"], worked)]
    elif late:
        fields += ["untouched"]
    if item["state"] == "closed":
        is_late = item["closed_at"] > item["due_at"]
        fields += ["closed", "overdue" if is_late else "closed_in_time"]
        return fields + _hours("closed", start, item["closed_at"], item.get("worked_hours"))
    return fields + ["overdue"] * late


def _hours(what: str, start: str, end: str, worked: int | None) -> list[str]:
    first, last = map(datetime.fromisoformat, (start, end))
    hours = [("hours", int((last - first).total_seconds() // 3600))]
    hours += [] if worked is None else [("worked", worked)]
    return [f"{what}|{kind}|{_bin(whole)}" for kind, whole in hours]


def _bin(hours: int) -> int:
    return hours if hours < 168 else min(hours - hours % 24, 2160)


def _answered(item: Item) -> list[str]:
    waited = date.fromisoformat(item["day"]) - date.fromisoformat(item["asked_day"])
    return ["answered", *(["answered_in_7d"] if waited.days < 7 else [])]


def out_of_place(items: Iterable[Item]) -> list[str]:
    """Ids of the responses whose last change is not where a reader of changes looks."""
    stored = {(item["PK"], item["SK"]): item for item in items}
    return [
        item["id"]
        for (_, kind), item in stored.items()
        if kind == "RESPONSE"
        and stored.get((f"CHANGE#{item['id']}", "CHANGE"), {}).get("list_sk")
        != f"{item['changed_at']}#{item['id']}"
    ]


def _without_zeros(cells: dict[tuple[str, str, str], Counter[str]]) -> Cells:
    kept = {
        cell: {field: count for field, count in counts.items() if count}
        for cell, counts in cells.items()
    }
    return {cell: counts for cell, counts in kept.items() if counts}
