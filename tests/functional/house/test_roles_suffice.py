"""Every background function runs under the watch of its role (`roles`, in conftest.py), and its
role allows nothing that it never does."""

import pytest

from chalicelib.dns import MxLookup
from chalicelib.kinds import KINDS
from tests.functional.conftest import Heed
from tests.support.contention import meet_others
from tests.support.everything_asked import (
    be_told,
    be_unhappy,
    call_a_webhook,
    digest,
    give_to_an_account_s_owner,
    remind_and_bounce,
    report,
    settle,
    spoil_the_counts,
    tell_a_channel_and_a_ticket,
    tell_of_a_task,
)
from tests.support.members import Browser, Post, add_member, ask
from tests.support.roles import ROLES, Request, Watch

# What they may do is held below, by tests/functional/people/test_role_of_forget.py, by
# tests/functional/releases/test_role_of_release.py and by
# tests/functional/helpdesks/test_reconcile.py.
JOBS = {"sweep", "forget", "release_ballots", "reconcile"}
READS = {"GetItem", "BatchGetItem", "Query"}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MxLookup, "hosts", lambda self, domain: [])
    monkeypatch.setattr("chalicelib.recount.REST_S", 0)
    meet_others(monkeypatch)


@pytest.fixture
def asked(heed: Heed, roles: Watch, monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, Request]]:
    settle(heed)
    remind_and_bounce(heed)
    be_unhappy(heed)
    give_to_an_account_s_owner(heed)
    tell_of_a_task(heed)
    be_told(heed)
    digest(heed)
    report(heed)
    call_a_webhook(heed, monkeypatch)
    tell_a_channel_and_a_ticket(monkeypatch)
    spoil_the_counts(heed)
    with monkeypatch.context() as patch:
        sign_in(heed, patch)
    return roles.asked


def sign_in(heed: Heed, patch: pytest.MonkeyPatch) -> None:
    add_member()
    ask(Browser(heed))
    Post(patch).deliver(heed)


def starts(asked: set[tuple[str, Request]], function: str, reads: bool) -> set[str]:
    return {
        key.partition("#")[0] + "#"
        for who, request in asked
        if (who, request.index) == (function, None) and (request.action in READS) == reads
        for key in request.keys
    }


def test_a_background_function_reads_and_writes_all_that_it_may(
    asked: set[tuple[str, Request]],
) -> None:
    for function in set(ROLES) - {"api", *JOBS}:
        read = {kind.pk for kind in KINDS if function in kind.read_by.split()}
        written = {kind.pk for kind in KINDS if function in kind.written_by.split()}
        assert starts(asked, function, reads=True) == read, function
        assert starts(asked, function, reads=False) == written, function


def test_the_sweep_may_do_what_the_tick_and_the_consumers_may_and_keep_its_place() -> None:
    alike = {"tick", "plan_effects"}
    for names in ("read_by", "written_by"):
        may = {kind.pk for kind in KINDS if "sweep" in getattr(kind, names).split()}
        theirs = {kind.pk for kind in KINDS if alike & set(getattr(kind, names).split())}
        assert may == theirs | {"SWEEP#"}
