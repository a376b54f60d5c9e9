"""What the use cases of insights need."""

from collections.abc import Callable
from typing import Any

from chalicelib import wiring
from chalicelib.accounts import wiring as accounts_wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.responses import wiring as responses_wiring
from chalicelib.scores.insights.silent_accounts import SilentAccountsNeeds
from chalicelib.snapshots import SnapshotStore


def together(*reads: Callable[[], Any]) -> list[Any]:
    return wiring.table().together(reads)


def snapshots() -> SnapshotStore:
    return SnapshotStore(wiring.table())


def silent_accounts_needs() -> SilentAccountsNeeds:
    return SilentAccountsNeeds(
        accounts_wiring.accounts(),
        invitations_wiring.invitations(),
        responses_wiring.responses().find_all,
    )
