"""Takes what a stack holds out into files: one JSON Lines file for each kind of item, and
about.json. The files hold names, addresses and words."""

import json
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from chalicelib import keys, moments, wiring
from chalicelib.retry import reading
from chalicelib.table import Item, Scan, Table
from infra.carried import Moved, file_of, goes, kinds_that_go, reasons
from infra.errors import OperatorError
from infra.outputs import use_stack
from infra.paths import ROOT
from infra.private import open_private
from infra.progress import counting
from infra.secret_marks import link_key_marks, person_key_mark
from infra.told import tell

FORMAT: Final = 1
ABOUT: Final = "about.json"
AT_ONCE: Final = 500  # items of a call: a slow one is not given up before it is answered


def export_stack(outputs: dict[str, str], folder: Path, survey: str | None) -> None:
    """Of all surveys, or of one. about.json is written last: without it a folder is no export."""
    use_stack(outputs)
    table = wiring.table()
    if survey and table.get(keys.survey(survey)) is None:
        raise OperatorError(f"There is no survey {survey!r}.")
    _make_empty(folder)
    about = {
        "format": FORMAT,
        "release": _release(),
        "exported_at": moments.to_text(moments.now()),
        "stack_survey": survey,
        "person_key": person_key_mark(),
        "link_keys": link_key_marks(),
        "left_out": reasons(survey),
    }
    counts = _write_files(table, folder, survey)
    _write_about(folder, about | {"items": counts})
    left_out = reasons(survey)
    tell(
        {"folder": str(folder), "items": counts, "left_out": left_out},
        *(f"  {count:8}  {kind}" for kind, count in counts.items()),
        *(f"  [dim]left out  {kind}  {reason}[/dim]" for kind, reason in left_out.items()),
        "The files hold names, addresses and words, and no key. Keep them safe.",
    )


def every_item(table: Table, starts: list[str]) -> Iterator[Item]:
    """Of the whole table, whose PK begins with one of `starts`."""
    scan: Scan | None = Scan(starts, limit=AT_ONCE)
    while scan:
        page = reading(partial(table.scan, scan), wiring.pause)
        yield from page.items
        scan = replace(scan, after=page.next) if page.next else None


def _make_empty(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise OperatorError(f"{folder} is not empty. Name a new folder.")


def _write_files(table: Table, folder: Path, survey: str | None) -> dict[str, int]:
    kinds = kinds_that_go(survey)
    counts = dict.fromkeys(kinds, 0)
    moved = _moved(table, survey) if survey else None
    with ExitStack() as opened, counting(f"Reading the table into {folder}") as count:
        files = {
            kind: opened.enter_context(open(open_private(folder / file_of(kind)), "w"))
            for kind in kinds
        }
        for item in every_item(table, kinds):
            kind = f"{item['PK'].partition('#')[0]}#"
            if goes(item, moved):
                files[kind].write(json.dumps(item) + "\n")
                counts[kind] += 1
                count(1)
    return counts


def _moved(table: Table, survey: str) -> Moved:
    with counting(f"Looking for the invitations of {survey}") as count:
        found = set()
        for item in every_item(table, [keys.invitation("").pk]):
            if item.get("survey") == survey:
                found.add(keys.id_of(item["PK"]))
                count(1)
    return Moved(survey, found)


def _write_about(folder: Path, about: dict[str, Any]) -> None:
    with open(open_private(folder / ABOUT), "w") as file:
        json.dump(about, file, indent=2)


def _release() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return str(project["version"])
