"""Notes what was seen of a link as an entry of its visit."""

from datetime import datetime

from chalicelib.errors import LinkLost, LinkRejected, VisitFull, WriteRefused
from chalicelib.responses.judge.entries import entry_name, entry_update, facts_in, refusal_update
from chalicelib.responses.judge.facts import Fact, Facts
from chalicelib.table import Key, Table


def note_fact(table: Table, key: Key, fact: Fact, closes_at: datetime) -> Facts:
    """Gives all that is known then. A fact that is noted twice is stored once. Raises VisitFull,
    LinkRejected after an erasure, LinkLost, and otherwise as Table.update."""
    try:
        return facts_in(table.update(entry_update(key, fact, closes_at)))
    except WriteRefused as refused:
        current = refused.current or {}
        if not current:
            raise LinkLost from refused
        if current.get("closed"):
            raise LinkRejected from refused
        if entry_name(fact) in current:
            return facts_in(current)
    table.write(refusal_update(key, fact.at))
    raise VisitFull
