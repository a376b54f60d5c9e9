"""Stores the rows of a file in batches, for as long as the request may last. A bad row does not
stop the others; each gets a result. A file that did not end in time goes on when it is sent again
with the same Idempotency-Key."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Generic, Protocol, TypeVar

from msgspec import Struct
from pydantic import ValidationError

from chalicelib.errors import (
    FieldError,
    HeedError,
    IdempotencyKeyReused,
    Invalid,
    OutcomeUnknown,
    Unavailable,
    WriteConflict,
)
from chalicelib.web.answer import Reply
from chalicelib.web.csv_import import Row
from chalicelib.web.schemas import Import, RowError, RowResult, RowStatus

T = TypeVar("T")

SAVED_EVERY: Final = 10  # batches
FILES = (
    "A file has 10,000 rows and 2 MB at most. With an Idempotency-Key, a file that did not end in"
    " time goes on where it stopped when it is sent again."
)
UNCERTAIN: Final = (Unavailable, OutcomeUnknown, WriteConflict)


class Stored(Struct, frozen=True):
    """`repeated`: the same was stored before."""

    id: str
    repeated: bool = False


class Checked(Struct, frozen=True):
    """Nothing was stored: it was a dry run."""

    id: str


Fate = Stored | Checked | HeedError


class RowKind(Struct, Generic[T], frozen=True):
    """`read` raises what it would for a body of JSON. `store` takes `at_once` values at most, each
    with an id of its own, and gives the fate of each. `says_all`: an id that no column holds comes
    from all that the row says."""

    id_column: str
    read: Callable[[Row], T]
    id_of: Callable[[T], str]
    store: Callable[[Sequence[T]], Sequence[Fate]]
    at_once: int
    says_all: bool = True


class Progress(Protocol):
    """`done` is the status of each row that an earlier request stored, by its place."""

    @property
    def done(self) -> dict[int, RowStatus]: ...

    def save(self, done: dict[int, RowStatus]) -> None: ...


def import_rows(
    rows: Sequence[Row], kind: RowKind[T], progress: Progress, time_left: Callable[[], float]
) -> Import:
    """No batch begins when no time is left. What was not reached is told as `waiting`."""
    results, values = _read(rows, kind)
    done = {place: status for place, status in progress.done.items() if place in values}
    for place, status in done.items():
        results[place] = _result(rows[place], kind.id_of(values[place]), status, ())
    waiting = _batches([place for place in values if place not in done], kind.at_once)
    for count, places in enumerate(waiting, 1):
        if time_left() <= 0:
            break
        for place, fate in zip(places, _store([values[at] for at in places], kind), strict=True):
            results[place] = _told(rows[place], kind, fate)
        if count % SAVED_EVERY == 0:
            progress.save(_stored(results))
    progress.save(_stored(results))
    return _import([results.get(place) or _not_reached(row) for place, row in enumerate(rows)])


def told(done: Import) -> Reply[Import]:
    return Reply(done, 202, {"Retry-After": "1"}) if done["waiting"] else Reply(done)


def _read(rows: Sequence[Row], kind: RowKind[T]) -> tuple[dict[int, RowResult], dict[int, T]]:
    """By place: the rows that are refused, and the values of the others."""
    refused, values = dict[int, RowResult](), dict[int, T]()
    given, seen = set[str](), set[str]()
    for place, row in enumerate(rows):
        own = row.cells.get(kind.id_column)
        found = _given_twice(row) if own in given else _value(row, kind)
        given |= {own} if own else set()
        if isinstance(found, dict):
            refused[place] = found
        elif kind.id_of(found[0]) in seen:
            # With the id of what it says, it says the same as an earlier row.
            same = _result(row, kind.id_of(found[0]), "repeated", ())
            refused[place] = same if kind.says_all else _given_twice(row)
        else:
            seen.add(kind.id_of(found[0]))
            values[place] = found[0]
    return refused, values


def _value(row: Row, kind: RowKind[T]) -> RowResult | tuple[T]:
    given = row.cells.get(kind.id_column)
    if not row.fits:
        detail = "The row has another number of cells than the first line."
        return _result(row, given, "refused", [FieldError("#", "cells_differ", detail)])
    try:
        return (kind.read(row),)
    except ValidationError as error:
        return _result(row, given, "refused", _fields_of(error))
    except Invalid as error:
        return _result(row, given, "refused", error.errors)


def _batches(places: list[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(places), size):
        yield places[start : start + size]


def _store(values: Sequence[T], kind: RowKind[T]) -> Sequence[Fate]:
    try:
        return kind.store(values)
    except UNCERTAIN as error:
        return [error] * len(values)


def _told(row: Row, kind: RowKind[T], fate: Fate) -> RowResult:
    if isinstance(fate, Stored):
        return _result(row, fate.id, "repeated" if fate.repeated else "stored", ())
    if isinstance(fate, Checked):
        return _result(row, fate.id, "valid", ())
    given = row.cells.get(kind.id_column)
    if isinstance(fate, IdempotencyKeyReused):
        detail = "This id was used before for something else."
        errors = [FieldError(f"#/{kind.id_column}", "id_reused", detail)]
        return _result(row, given, "refused", errors)
    if isinstance(fate, Invalid):
        return _result(row, given, "refused", fate.errors)
    detail = "Send the row again; it is stored once at most."
    return _result(row, given, "failed", [FieldError("#", "unavailable", detail)])


def _stored(results: dict[int, RowResult]) -> dict[int, RowStatus]:
    kept = ("stored", "repeated")
    return {place: told["status"] for place, told in results.items() if told["status"] in kept}


def _not_reached(row: Row) -> RowResult:
    detail = "The time was over. Send the file again, with the same Idempotency-Key."
    return _result(row, None, "waiting", [FieldError("#", "not_reached", detail)])


def _given_twice(row: Row) -> RowResult:
    error = FieldError("#", "given_twice", "An earlier row of the file is of the same.")
    return _result(row, None, "refused", [error])


def _fields_of(error: ValidationError) -> list[FieldError]:
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return [
        FieldError("#/" + "/".join(map(str, field["loc"])), field["type"], field["msg"])
        for field in found
    ]


def _result(
    row: Row, result_id: str | None, status: RowStatus, errors: Sequence[FieldError]
) -> RowResult:
    listed: list[RowError] = [
        {"pointer": error.pointer, "code": error.code, "detail": error.detail} for error in errors
    ]
    return {"line": row.line, "id": result_id, "status": status, "errors": listed}


def _import(results: list[RowResult]) -> Import:
    counts = Counter(result["status"] for result in results)
    return {
        "rows": len(results),
        "stored": counts["stored"],
        "valid": counts["valid"],
        "repeated": counts["repeated"],
        "refused": counts["refused"],
        "failed": counts["failed"],
        "waiting": counts["waiting"],
        "results": results,
    }
