"""Reads the folder of an export. What is broken is named before anything of it is used."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

from chalicelib.errors import BadRequest
from chalicelib.invitations.items import from_item
from chalicelib.responses.items import response_from_item
from chalicelib.strict_json import read_strict_json
from chalicelib.table import Item
from chalicelib.tasks.store import task_from_item
from infra.carried import CARRIED, file_of
from infra.errors import OperatorError
from infra.exporting import ABOUT, FORMAT

# One of them that cannot be read stands in the way of a whole list.
READERS: Final[dict[str, Callable[[Item], object]]] = {
    "INVITE": from_item,
    "RESPONSE": response_from_item,
    "TASK": task_from_item,
}
PLACES: Final = ("PK", "SK", "list_pk", "list_sk", "due_shard", "due_at")


@dataclass(frozen=True)
class Export:
    """`survey` None: of all surveys. `counts` by kind. The marks are those of secret_marks.py."""

    folder: Path
    survey: str | None
    counts: dict[str, int]
    person_key: str
    link_keys: dict[str, str]

    def items(self, kind: str) -> Iterator[Item]:
        """Of a kind, as read_export found them right."""
        if kind in self.counts:
            for line in _lines(self.folder / file_of(kind)):
                yield json.loads(line)


def read_export(folder: Path) -> Export:
    """Raises OperatorError."""
    about = _about(folder)
    try:
        export = Export(
            folder,
            about["stack_survey"],
            {str(kind): int(count) for kind, count in about["items"].items()},
            str(about["person_key"]),
            dict(about["link_keys"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise OperatorError(f"{folder / ABOUT} is damaged.") from error
    for kind in export.counts:
        if kind not in CARRIED:
            raise OperatorError(f"This release of Heed does not import {kind}.")
        _check_file(folder / file_of(kind), kind, export.counts[kind])
    return export


def _about(folder: Path) -> dict[str, Any]:
    try:
        about = json.loads((folder / ABOUT).read_text())
    except FileNotFoundError as error:
        raise OperatorError(f"{folder} holds no export: it has no {ABOUT}.") from error
    except ValueError as error:
        raise OperatorError(f"{folder / ABOUT} is damaged.") from error
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise OperatorError(f"{folder} is of another format; this Heed reads format {FORMAT}.")
    return about


def _check_file(path: Path, kind: str, count: int) -> None:
    seen, number = set[int](), 0
    for number, line in enumerate(_lines(path), start=1):
        try:
            item = _read_item(line, kind)
            place = hash((item["PK"], item["SK"]))
            if place in seen:
                raise ValueError("its item stands there twice")
        except (ValueError, RecursionError) as error:
            raise OperatorError(f"{path}, line {number}: {error}. Nothing was written.") from error
        seen.add(place)
    if number != count:
        raise OperatorError(
            f"{path} has {number} lines, and {ABOUT} says {count}. Nothing was written."
        )


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            yield from file
    except FileNotFoundError as error:
        raise OperatorError(f"{path} is missing. Nothing was written.") from error
    except UnicodeDecodeError as error:
        raise OperatorError(f"{path} is not UTF-8. Nothing was written.") from error


def _read_item(line: str, kind: str) -> Item:
    """Raises ValueError with the reason."""
    try:
        item = read_strict_json(line, parse_float=_refuse)
    except json.JSONDecodeError as error:
        raise ValueError("it is no JSON") from error
    except BadRequest as error:
        raise ValueError("it has a key twice") from error
    if not isinstance(item, dict):
        raise ValueError("it is no item")
    for place in PLACES:
        if (place in item or place in ("PK", "SK")) and not _is_place(item.get(place)):
            raise ValueError(f"its {place} is missing or no text")
    if not item["PK"].startswith(kind):
        raise ValueError(f"it is not of the kind {kind}")
    _try_to_read(item)
    return item


def _is_place(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text} is no whole number")


def _try_to_read(item: Item) -> None:
    try:
        READERS.get(item["SK"], id)(item)
    except KeyError as error:
        raise ValueError(f"its {error.args[0]} is missing") from error
    except (TypeError, AttributeError, ValueError) as error:
        raise ValueError("Heed cannot read it") from error
