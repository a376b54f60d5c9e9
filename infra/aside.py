"""What is set aside on a stack: shown to the operator, and brought back."""

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from chalicelib import keys, wiring
from chalicelib.set_aside import bring_back, set_aside
from chalicelib.table import Item
from infra.errors import OperatorError
from infra.outputs import use_stack
from infra.progress import console

KINDS = {
    "INVITE": "invitation",
    "REMINDER": "reminder",
    "FOLLOWUP": "follow-up",
    "LETTER": "letter",
    "TASK": "task",
    "RESPONSE": "response",
    "VISIT": "visit",
}


def show_aside(outputs: dict[str, str]) -> None:
    use_stack(outputs)
    found = list(set_aside(wiring.table()))
    console.print(_table(found) if found else "Nothing is set aside.")


def bring_aside_back(outputs: dict[str, str], which: str) -> None:
    """`which` is an id, or `all`."""
    use_stack(outputs)
    found = [item for item in set_aside(wiring.table()) if which in ("all", keys.id_of(item["PK"]))]
    if not found and which != "all":
        raise OperatorError(f"Nothing with the id {which!r} is set aside.")
    back = sum(bring_back(wiring.table(), item) for item in found)
    console.print(f"Back: {back}. The next tick tries again.")


def _table(found: Sequence[Item]) -> Table:
    table = Table("what", "id", "survey", "due since", "why")
    for item in found:
        facts = (
            KINDS.get(item["SK"], item["SK"]),
            keys.id_of(item["PK"]),
            str(item.get("survey", "")),
            item["due_at"],
            f"{item['failed_by']}, {item['failures']} times" if "failures" in item else "late",
        )
        table.add_row(*map(escape, facts))
    return table
