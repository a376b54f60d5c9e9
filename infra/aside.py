"""What is set aside on a stack: shown to the operator, and brought back."""

from chalicelib import keys, wiring
from chalicelib.set_aside import bring_back, set_aside
from chalicelib.table import Item
from infra.errors import OperatorError
from infra.noted import noted
from infra.outputs import use_stack
from infra.told import tell, tell_rows

KINDS = {
    "INVITE": "invitation",
    "REMINDER": "reminder",
    "FOLLOWUP": "follow-up",
    "LETTER": "letter",
    "DELIVERY": "delivery",
    "TASK": "task",
    "RESPONSE": "response",
    "VISIT": "visit",
    "HELPED": "answer to Did this help?",
    "REPORT": "report of a month",
    "DIGEST": "digests of a team",
}


def show_aside(outputs: dict[str, str]) -> None:
    use_stack(outputs)
    tell_rows([_row(item) for item in set_aside(wiring.table())], "Nothing is set aside.")


def bring_aside_back(outputs: dict[str, str], which: str) -> None:
    """`which` is an id, or `all`."""
    use_stack(outputs)
    found = [item for item in set_aside(wiring.table()) if which in ("all", keys.id_of(item["PK"]))]
    if not found and which != "all":
        raise OperatorError(f"Nothing with the id {which!r} is set aside.")
    with noted("aside", "heed aside"):
        back = sum(bring_back(wiring.table(), item) for item in found)
    tell({"back": back}, f"Back: {back}. The next tick tries again.")


def _row(item: Item) -> dict[str, object]:
    return {
        "what": KINDS.get(item["SK"], item["SK"]),
        "id": keys.id_of(item["PK"]),
        "survey": str(item.get("survey", "")),
        "due_since": item["due_at"],
        "why": f"{item['failed_by']}, {item['failures']} times" if "failures" in item else "late",
    }
