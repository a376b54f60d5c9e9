"""Deletes a closed survey with everything of it, once an export holds what is said in it. Safe to
stop and to run again: each run looks anew at what is left, and the survey itself goes last."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from chalicelib import keys, moments, wiring
from chalicelib.errors import NotFound
from chalicelib.noting import note_end
from chalicelib.retry import reading
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Delete, Item, Table, key_of
from infra.carried import Moved
from infra.errors import BadArgument, OperatorError
from infra.exported import Export, read_export
from infra.exporting import every_item
from infra.noted import noted_once_a_day
from infra.outputs import use_stack
from infra.progress import counting
from infra.secret_marks import person_key_mark

# What people said and what was done about it: it goes only as an export holds it.
HELD: Final = ("INVITE#", "RESPONSE#", "TASK#", "CAUSES#", "GOALS#")
# Their PK has the survey's id.
OF_SURVEY: Final = (
    *("CAUSES#", "CELLS#", "GOALS#", "LOOKUPS#", "MONTHS#", "REPORT#", "SHARDS#", "SNAPSHOT#"),
    *("SURVEY#", "TALLY#"),
)
# Their PK has the id of an invitation, or they name it or the survey. Of a person only such rows
# go: that somebody wants no mail stays, and so does what was erased.
OF_INVITATION: Final = (
    *("CHANGE#", "DELIVERY#", "FOLLOWUP#", "INVITE#", "LETTER#", "MAIL#", "PERSON#", "REMINDER#"),
    *("RESPONSE#", "SERVED#", "TASK#", "TICKET#"),
)
# What leads to the others goes after them.
LAST: Final = ("INVITE#", "SURVEY#")


def delete_survey(
    outputs: dict[str, str], survey_id: str, folder: Path, confirmed: str
) -> dict[str, int]:
    """How many items of each kind went, or would: nothing goes unless `confirmed` is the id.
    Raises OperatorError and BadArgument."""
    if confirmed and confirmed != survey_id:
        raise BadArgument(f"--confirm is {confirmed!r}, and the survey is {survey_id!r}.")
    use_stack(outputs)
    _refuse_unless_closed(survey_id)
    export, table = _export_of(survey_id, folder), wiring.table()
    moved = Moved(survey_id, _invitations(table, survey_id, export))
    _refuse_what_no_export_holds(table, moved, export)
    if not confirmed:
        return _delete(table, moved, is_sure=False)
    with noted_once_a_day("surveys_delete", f"/v1/surveys/{survey_id}", survey_id):
        gone = _delete(table, moved, is_sure=True)
        note_end(table, moments.now())
    return gone


def is_of(item: Item, moved: Moved) -> bool:
    kind, _, rest = item["PK"].partition("#")
    if f"{kind}#" in OF_SURVEY:
        return str(rest.partition("#")[0]) == moved.survey
    if f"{kind}#" == "PERSON#":
        return str(item.get("invitation")) in moved.invitations
    named = item.get("survey") == moved.survey or item.get("invitation") in moved.invitations
    return f"{kind}#" in OF_INVITATION and (named or rest in moved.invitations)


def _refuse_unless_closed(survey_id: str) -> None:
    surveys = surveys_wiring.surveys()
    try:
        survey = surveys.get(survey_id)
    except NotFound:
        raise OperatorError(f"There is no survey {survey_id!r}.") from None
    if survey.is_sealed:
        raise OperatorError("What a sealed survey has published stays: it cannot be deleted.")
    if not survey.closed:
        raise OperatorError(f"Close it first: heed surveys close {survey_id}")
    if surveys.has_hook(survey_id):
        raise OperatorError("A help desk is connected. Delete its hook first.")


def _export_of(survey_id: str, folder: Path) -> Export:
    export = read_export(folder)
    if export.person_key != person_key_mark():
        raise OperatorError(f"{folder} is an export of another stack.")
    if export.survey not in (None, survey_id):
        raise OperatorError(f"{folder} is an export of {export.survey!r}.")
    return export


def _invitations(table: Table, survey_id: str, export: Export) -> set[str]:
    """Those of the export too: what a stopped run left may be of one that is gone."""
    stored = every_item(table, [keys.invitation("").pk])
    return {
        keys.id_of(item["PK"])
        for items in (stored, export.items("INVITE#"))
        for item in items
        if item.get("survey") == survey_id
    }


def _refuse_what_no_export_holds(table: Table, moved: Moved, export: Export) -> None:
    held = {_digest(item) for kind in HELD for item in export.items(kind)}
    found = (item for item in every_item(table, list(HELD)) if is_of(item, moved))
    newer = Counter(_kind(item) for item in found if _digest(item) not in held)
    if newer:
        named = ", ".join(f"{count} of {kind}" for kind, count in sorted(newer.items()))
        raise OperatorError(f"The export does not hold what there is now ({named}). Export again.")


def _delete(table: Table, moved: Moved, is_sure: bool) -> dict[str, int]:
    gone, before = Counter[str](), [kind for kind in _kinds() if kind not in LAST]
    with counting(f"Deleting {moved.survey}" if is_sure else "Counting what would go") as count:
        for item in _in_order(table, moved, [before, *([kind] for kind in LAST)]):
            if is_sure:
                reading(partial(table.write, Delete(key_of(item))), wiring.pause)
            gone[_kind(item)] += 1
            count(1)
    return dict(sorted(gone.items()))


def _in_order(table: Table, moved: Moved, groups: list[list[str]]) -> Iterator[Item]:
    for kinds in groups:
        yield from (item for item in every_item(table, kinds) if is_of(item, moved))


def _kinds() -> list[str]:
    return sorted({*OF_SURVEY, *OF_INVITATION})


def _kind(item: Item) -> str:
    return f"{item['PK'].partition('#')[0]}#"


def _digest(item: Item) -> bytes:
    return hashlib.sha256(json.dumps(item, sort_keys=True).encode()).digest()
