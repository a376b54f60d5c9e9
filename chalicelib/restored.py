"""With SnapStart, Lambda starts a function from a copy of its memory. What must not be the same in
two copies, or is too old by then, is made anew after each restore."""

import random


def make_anew_when_restored() -> None:
    # Lambda's Python brings it from 3.12 on.
    try:
        from snapshot_restore_py import register_after_restore
    except ImportError:
        return
    register_after_restore(make_anew)


def make_anew() -> None:
    """Connections, credentials, secrets, surveys, and chance. Ids and keys come from the system's
    own source, of which a copy gets fresh bytes."""
    from chalicelib import wiring
    from chalicelib.ballots.wiring import ballot_keys, known_groups
    from chalicelib.surveys.wiring import catalogue
    from chalicelib.tally.wiring import shards

    random.seed()
    for kept in (catalogue, shards, ballot_keys, known_groups):  # with a client inside
        kept.cache_clear()
    wiring.forget()
    wiring.rehearse()
