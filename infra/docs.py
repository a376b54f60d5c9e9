"""Writes the documents that are generated from the code: `make docs`."""

from pathlib import Path

from chalicelib import keys
from chalicelib.events import EVENTS, Event
from chalicelib.kinds import DUE, KINDS, LISTS
from infra import help_desk_pages, openapi

DOCS = Path(__file__).parents[1] / "docs"
HELP_DESKS = DOCS / "helpdesks"


def access_patterns() -> str:
    table = (keys.__doc__ or "").partition("\n\n")[2].partition("\n\n")[2]
    return f"""# Access patterns

Generated from `chalicelib/keys.py` by `make docs`; a test compares.

Every read is a `GetItem`, a `BatchGetItem` or a `Query` of one partition; there is no `Scan` in
any request path. `listed` and `due` are the two indexes; `due` is sparse: an item is in it only
while it waits, because taking it removes `due_shard`.

{table.strip()}

A tally's day is the survey's day; its shard is 0 until writers meet again and again. A list of
responses, changes or tasks has up to eight buckets then: the first has the key above, the others
`#1` to `#7` behind it. A segment is `all` or `name=value`. Times are RFC 3339 UTC with
milliseconds, so that text order is time order.

## Who reads and writes what, and how long it is kept

From `chalicelib/kinds.py`. Functions have their names in `app.py`; `api` is the API with the pages.
The role of each function allows exactly this, by `dynamodb:LeadingKeys`; the recount also scans.

| PK | Read by | Written by | Kept |
|---|---|---|---|
{_kinds()}

| Partition of an index | Read by |
|---|---|
{_lists()}
"""


def _kinds() -> str:
    return "\n".join(
        f"| `{kind.pk}` | {_names(kind.read_by)} | {_names(kind.written_by)} | {kind.kept} |"
        for kind in KINDS
    )


def _lists() -> str:
    named = [(f"`listed`, `{start}`", readers) for start, readers in LISTS.items()]
    return "\n".join(f"| {what} | {_names(who)} |" for what, who in [*named, ("`due`, all", DUE)])


def _names(functions: str) -> str:
    return ", ".join(functions.split())


def events() -> str:
    sections = "\n\n".join(_section(event) for event in EVENTS)
    return f"""# Events

Generated from `chalicelib/events.py` by `make docs`; a test compares.

Events of the bus, source `heed`. `publish` makes each event from the table's stream, so an event
tells what is in the table and nothing else. Delivery is at least once: `id` stays the same when an
event is delivered again. Events hold ids and facts: no address, no name, no comment.

{sections}
"""


def _section(event: type[Event]) -> str:
    lines = [f"## {event.__name__}", " ".join((event.__doc__ or "").split()), ""]
    lines += ["| field | type |", "|---|---|"]
    schema = event.model_json_schema()
    for name, field in schema["properties"].items():
        lines.append(f"| `{name}` | {_type_of(field, schema)} |")
    return "\n".join(lines)


def _type_of(field: dict[str, object], schema: dict[str, dict[str, dict[str, object]]]) -> str:
    if "$ref" in field:
        named = schema["$defs"][str(field["$ref"]).rpartition("/")[2]]
        return ", ".join(f"`{value}`" for value in named["enum"])  # type: ignore[attr-defined]
    if "const" in field:
        return f"`{field['const']}`"
    if "anyOf" in field:
        return " or ".join(str(one["type"]) for one in field["anyOf"])  # type: ignore[attr-defined]
    return "list of string" if field["type"] == "array" else str(field["type"])


def write() -> None:
    (DOCS / "access-patterns.md").write_text(access_patterns())
    (DOCS / "events.md").write_text(events())
    openapi.HOME.write_text(openapi.text())
    help_desk_pages.write(HELP_DESKS)


if __name__ == "__main__":
    write()
