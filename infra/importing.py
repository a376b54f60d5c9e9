"""Brings the files of an export into a stack. An item that is there stays as it is, so an import
may be stopped and run again. Nothing that is imported makes an event, and what waits is held
until everything is there."""

from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from chalicelib import keys, moments, wiring
from chalicelib.errors import NotFound, OutcomeUnknown, Unavailable, WriteConflict, WriteRefused
from chalicelib.ids import derived_id
from chalicelib.noting import NotingTable, note_end
from chalicelib.people import wiring as people_wiring
from chalicelib.people.erase_person import erase_person
from chalicelib.people.store import FLAGS, flags_of
from chalicelib.recount import recount_needs
from chalicelib.retry import reading, retrying
from chalicelib.table import (
    ABSENT,
    IF_NEW,
    MOST_KEYS,
    Item,
    Key,
    Put,
    Query,
    Table,
    Update,
    Write,
    each,
    key_of,
    one_by_one,
)
from chalicelib.tally.recount import recount
from infra.carried import CARRIED
from infra.errors import OperatorError
from infra.exported import Export, read_export
from infra.exporting import ABOUT
from infra.late import A_DAY, MAILED, waiting_as, waits_since
from infra.noted import noted, operator
from infra.outputs import use_stack
from infra.progress import console, counting, step
from infra.secret_marks import link_key_marks, person_key_mark
from infra.told import tell

AT_ONCE: Final = 8  # writes
FAILED: Final = (OutcomeUnknown, Unavailable, WriteConflict)
# An import and what became of the item since may change these.
MARKS: Final = ("imported_at", "due_shard", "due_at", "status")
NEW, ASIDE, SAME, OTHER, ERASED, FLAGGED = (
    "written",
    "of these set aside",
    "there already",
    "there already with other content, which stays",
    "left out, because their person was erased",
    "person who wants no mail here either",
)


@dataclass(frozen=True)
class Arrival:
    """`erased`: the persons of whom nothing may be stored. `gone`: their invitations.
    `erased_there`: those who are not erased here yet."""

    export: Export
    now: datetime
    erased: frozenset[str]
    gone: frozenset[str]
    erased_there: frozenset[str]


def import_stack(outputs: dict[str, str], folder: Path, dry: bool) -> bool:
    """False when a tally could not be settled. Raises OperatorError before anything is written."""
    use_stack(outputs)
    with step(f"Reading {folder}"):
        export = read_export(folder)
    _refuse_other_keys(export)
    with _line_of(export):
        return _bring_in(_arrival(export, wiring.table(), moments.now()), wiring.table(), dry)


def _line_of(export: Export) -> AbstractContextManager[None]:
    """The same export again has the same line."""
    what = f"/v1/surveys/{export.survey}" if export.survey else "/v1/surveys"
    told = (export.folder / ABOUT).read_text()
    return noted("import", what, export.survey, derived_id("line", "import", told))


def _bring_in(arrival: Arrival, table: NotingTable, dry: bool) -> bool:
    if not dry:
        table.note()
    found = _write_all(arrival, table, dry)
    tell({"dry": dry, "items": found}, *(f"  {count:8}  {what}" for what, count in found.items()))
    if dry:
        console.print("DRY=1: nothing was written.")
        return True
    _erase_here_too(arrival)
    _let_go(table)
    is_settled = _count_again(arrival.export)
    note_end(table, moments.now())
    return is_settled


def arrived(item: Item, now: datetime, alone: bool) -> Item:
    """As it is stored. `alone`: the stack that it is of goes on with other surveys, and would
    send the same mail."""
    stored = _in_first_bucket(item) | {"imported_at": moments.to_text(now)}
    since = waits_since(item)
    if since is None:
        return stored
    is_late = since <= moments.to_text(now - A_DAY)
    aside = is_late or (alone and item["SK"] in MAILED)
    return stored | waiting_as(item, since, keys.SET_ASIDE if aside else keys.IMPORTING)


def _refuse_other_keys(export: Export) -> None:
    if export.person_key != person_key_mark():
        raise OperatorError(
            "This stack has another person key. It would know nobody again, and mail people who"
            " unsubscribed. Copy the secret person-key of the old stack first"
            " (docs/operations.md, Moving to another stack)."
        )
    here = link_key_marks()
    missing = sorted(export.link_keys.keys() - here.keys())
    if missing:
        raise OperatorError(
            f"Links are signed with the keys {', '.join(missing)}, which this stack does not have."
            " Add them to its secret token-keys (docs/operations.md, Moving to another stack)."
        )
    if any(here[name] != mark for name, mark in export.link_keys.items()):
        console.print("Links in mails that the old stack sent do not open here: it has other keys.")


def _arrival(export: Export, table: Table, now: datetime) -> Arrival:
    """Who was erased in either stack stays erased."""
    people = {keys.id_of(item["PK"]) for item in export.items("PERSON#")}
    people |= {str(item["person"]) for item in _of_all_kinds(export) if "person" in item}
    here = _erased_among(each(table, [keys.person(one) for one in sorted(people)]).values())
    erased = here | _erased_among(export.items("PERSON#"))
    gone = frozenset(
        keys.id_of(item["PK"]) for item in export.items("INVITE#") if item.get("person") in erased
    )
    return Arrival(export, now, erased, gone, erased - here)


def _erased_among(items: Iterable[Item]) -> frozenset[str]:
    return frozenset(keys.id_of(item["PK"]) for item in items if "erased_at" in item)


def _of_all_kinds(export: Export) -> Iterator[Item]:
    for kind in CARRIED:
        yield from export.items(kind)


def _write_all(arrival: Arrival, table: Table, dry: bool) -> Counter[str]:
    found, total = Counter[str](), sum(arrival.export.counts.values())
    write = partial(_write, table, dry)
    with counting("Importing", total) as count, ThreadPoolExecutor(AT_ONCE) as pool:
        for kind in CARRIED:
            items = arrival.export.items(kind)
            while batch := list(islice(items, MOST_KEYS)):
                known = _known(table, batch)
                plans = [_plan(item, known.get(key_of(item)), arrival) for item in batch]
                for done in pool.map(write, plans):
                    found.update(done)
                count(len(batch))
    return found


def _known(table: Table, batch: list[Item]) -> dict[Key, Item]:
    return reading(lambda: table.get_all([key_of(item) for item in batch]), wiring.pause)


def _plan(item: Item, current: Item | None, arrival: Arrival) -> tuple[Write | None, list[str]]:
    """What is written, and as what the item is counted."""
    if _is_erased(item, arrival):
        return None, [ERASED]
    if current is None:
        stored = arrived(item, arrival.now, arrival.export.survey is not None)
        is_aside = stored.get("due_shard") == keys.SET_ASIDE
        return Put(stored, IF_NEW), [NEW, ASIDE] if is_aside else [NEW]
    more = {name: at for name, at in flags_of(item).items() if name not in current}
    if more and item["PK"].startswith("PERSON#"):
        return _flagging(item, more, arrival.now), [FLAGGED]
    return None, [SAME if _says(item) == _says(current) else OTHER]


def _is_erased(item: Item, arrival: Arrival) -> bool:
    id_ = keys.id_of(item["PK"])
    if item["PK"].startswith("PERSON#"):
        is_flag = any(flag in item for flag in FLAGS)
        return id_ in arrival.erased and not is_flag
    is_theirs = item.get("person") in arrival.erased and not item["PK"].startswith("ERASURE#")
    return is_theirs or id_ in arrival.gone


def _flagging(item: Item, flags: Item, now: datetime) -> Update:
    """What is asked of the person at this moment is refused by the new version."""
    return Update(
        key_of(item),
        set={**flags, "id": keys.id_of(item["PK"]), "imported_at": moments.to_text(now)},
        add={"version": 1},
        when=dict.fromkeys(flags, ABSENT),
    )


def _write(table: Table, dry: bool, plan: tuple[Write | None, list[str]]) -> list[str]:
    write, counted = plan
    if write is None or dry:
        return counted
    try:
        retrying(lambda _: table.write(write), wiring.pause, on=FAILED)
    except WriteRefused:
        return [SAME]  # by somebody else, or by a try that was not answered
    return counted


def _erase_here_too(arrival: Arrival) -> None:
    """This stack may know the person from elsewhere. The receipt came with the export."""
    needs = people_wiring.erase_person_needs()
    with step("Erasing whoever was erased there"):
        for person in sorted(arrival.erased_there):
            with suppress(NotFound):  # it was erased while the export was made: no receipt yet
                erase_person(person, moments.now, needs, operator())


def _let_go(table: Table) -> None:
    """What waits goes into the due index, where the next tick finds it."""
    with counting("Letting go what waits") as count:
        for listed in list(one_by_one(table, Query(keys.IMPORTING, index="due"))):
            shard = keys.due_shard(keys.id_of(listed["PK"]))
            as_held = {"due_shard": keys.IMPORTING}
            _write(
                table, False, (Update(key_of(listed), set={"due_shard": shard}, when=as_held), [])
            )
            count(1)


def _count_again(export: Export) -> bool:
    with step("Counting the tallies"):
        report = recount(recount_needs(export.survey))
    if not report.is_settled:
        console.print("[red]Not every tally is right yet.[/red] make recount goes on.")
    return report.is_settled


def _says(item: Item) -> Item:
    told = _in_first_bucket(item)
    return {name: value for name, value in told.items() if name not in MARKS}


def _in_first_bucket(item: Item) -> Item:
    """The stack that it comes from may have opened more."""
    return item | ({"list_pk": keys.list_in(item["list_pk"])} if "list_pk" in item else {})
