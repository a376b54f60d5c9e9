"""What an export takes of each kind of item and what it leaves, with the reason. A test compares
it with chalicelib/kinds.py. An import writes the kinds in the order in which they stand here."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Final

from chalicelib import keys
from chalicelib.people.store import flags_of
from chalicelib.table import Item


@dataclass(frozen=True)
class Moved:
    """One survey that goes to another stack, with the ids of its invitations."""

    survey: str
    invitations: Set[str]


Belongs = Callable[[Item, Moved], bool]


def _is_of_invitation(item: Item, moved: Moved) -> bool:
    """An answer, its task and so on have the id of the invitation."""
    return keys.id_of(item["PK"]) in moved.invitations


def _is_answer(item: Item, moved: Moved) -> bool:
    """Also of a sealed survey, whose answers lead to no invitation."""
    lists = (keys.responses_of(moved.survey), keys.changes_of(moved.survey))
    listed = keys.list_in(item.get("list_pk", ""))
    return _is_of_invitation(item, moved) or listed in lists


def _is_of_survey(item: Item, moved: Moved) -> bool:
    return keys.id_of(item["PK"]) == moved.survey


def _is_row_or_flag(item: Item, moved: Moved) -> bool:
    """That the survey asked the person; and of everybody that they want no mail, since the other
    stack may ask them too."""
    if "invitation" in item:
        return item["invitation"] in moved.invitations
    return bool(flags_of(item))


# What goes: by which items it goes with one survey, or why it stays when only a survey goes.
CARRIED: Final[dict[str, Belongs | str]] = {
    "SURVEY#": _is_of_survey,
    "PERSON#": _is_row_or_flag,
    # A receipt names nobody, and an import erases whom it names as erased.
    "ERASURE#": lambda item, moved: True,
    "GOALS#": _is_of_survey,
    # What was shown once stays known, so the other stack has to know it too.
    "CELLS#": _is_of_survey,
    "LOOKUPS#": _is_of_survey,
    "CAUSES#": _is_of_survey,
    "HOOK#": "its address names the stack: make hook makes a new one",
    "HOOKED#": "it belongs to a hook",
    "SEEN#": "it belongs to a hook",
    "ACCOUNT#": "it belongs to no survey",
    "OWNED#": "it belongs to no survey",
    "EXTERNAL#": "it belongs to no survey",
    "TEAM#": "it belongs to no survey",
    "REPORT#": "it was sent by the stack that it is in",
    "DIGEST#": "it belongs to no survey",
    "OUTCOME#": "it belongs to no survey",
    # Task and follow-up come before the list of changes, in which the sweep looks for them.
    "INVITE#": _is_of_invitation,
    "RESPONSE#": _is_answer,
    "TASK#": _is_of_invitation,
    "FOLLOWUP#": _is_of_invitation,
    "REMINDER#": _is_of_invitation,
    "CHANGE#": _is_answer,
    "BOARD#": lambda item, moved: item["survey"] == moved.survey,
}
# Secrets are no items; docs/operations.md says how they are copied. The table of sealed ballots is
# not read.
LEFT_OUT: Final[dict[str, str]] = {
    "BALLOTS#": "sealed answers leave their table by a release only: close the survey first",
    "GROUPS#": "they belong to a ballot box",
    "TALLY#": "an import counts again: the files are not of one moment",
    "MONTHS#": "an import counts again: the files are not of one moment",
    "SHARDS#": "an import counts in one shard and lists in one bucket",
    "HISTORY#": "it names keys and members of the stack that it is in",
    "KEY#": "a key opens one stack: make key makes new ones",
    "MEMBER#": "who signs in to one stack: make member adds them to the other",
    "SIGNIN#": "its browser asked one stack",
    "IDEMPOTENCY#": "it belongs to an API key",
    "LETTER#": "its links lead to the stack that wrote it",
    "TICKET#": "it belongs to a hook",
    "SERVED#": "an address that is kept for a short time only: its mail goes from this stack",
    "MAIL#": "a bounce is reported to the stack that sent the mail",
    "RATE#": "it counts the answers of a minute",
    "MX#": "it is looked up again",
    "SWEEP#": "the next sweep begins anew",
    "TURN#": "the other stack begins with anybody",
    "WEBHOOK#": "its secret stays: make it anew with its receiver",
    "DELIVERY#": "a receiver heard of it from this stack",
    "SNAPSHOT#": "it is counted again within an hour",
}


def file_of(kind: str) -> str:
    return f"{kind.rstrip('#').lower()}.jsonl"


def kinds_that_go(survey: str | None) -> list[str]:
    return [kind for kind, rule in CARRIED.items() if survey is None or callable(rule)]


def reasons(survey: str | None) -> dict[str, str]:
    """Why a kind is not in an export."""
    stays = {kind: rule for kind, rule in CARRIED.items() if survey and isinstance(rule, str)}
    return LEFT_OUT | stays


def goes(item: Item, moved: Moved | None) -> bool:
    """`moved` None: everything goes that may."""
    rule = CARRIED[f"{item['PK'].partition('#')[0]}#"]
    return moved is None or (callable(rule) and rule(item, moved))
