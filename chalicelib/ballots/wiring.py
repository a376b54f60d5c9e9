"""What sealed ballots need."""

import time
from collections.abc import Callable
from functools import cache

from chalicelib import wiring
from chalicelib.ballots.ballot_keys import BallotKeyStore
from chalicelib.ballots.cast import CastNeeds, Rule
from chalicelib.ballots.conversation_store import ConversationStore
from chalicelib.ballots.groups import GroupStore, KnownGroups
from chalicelib.ballots.open_box import OpenBoxNeeds
from chalicelib.ballots.receipts import ReceiptNeeds
from chalicelib.ballots.store import BallotStore
from chalicelib.retry import no_limit
from chalicelib.settings import settings


def ballots() -> BallotStore:
    return BallotStore(wiring.ballot_table())


@cache
def ballot_keys() -> BallotKeyStore:
    return BallotKeyStore(wiring.made_secrets(), settings().ballot_keys, time.monotonic)


def open_box_needs() -> OpenBoxNeeds:
    return OpenBoxNeeds(ballots(), ballot_keys(), wiring.pause)


@cache
def known_groups() -> KnownGroups:
    return KnownGroups(GroupStore(wiring.table()))


def cast_needs(survey_id: str, rule: Rule, time_left: Callable[[], float] = no_limit) -> CastNeeds:
    return CastNeeds(ballots(), ballot_keys().find(survey_id), rule, wiring.pause, time_left)


def conversations() -> ConversationStore:
    return ConversationStore(wiring.ballot_table())


def receipt_needs() -> ReceiptNeeds:
    return ReceiptNeeds(ballots(), wiring.pause)
