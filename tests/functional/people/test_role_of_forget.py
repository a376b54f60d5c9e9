"""The job that ends erasures and forgets may do what it does, and nothing else."""

from datetime import timedelta

import pytest
import time_machine

import app
from chalicelib import moments, wiring
from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.invitations.served import Served, naming
from chalicelib.invitations.wiring import person_of
from chalicelib.kinds import KINDS
from chalicelib.lookups import wiring as lookups_wiring
from chalicelib.people import wiring as people_wiring
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.functional.house.test_roles_suffice import starts
from tests.functional.house.test_tick_and_aside import Clock
from tests.support.confidential import Confidential
from tests.support.contention import meet_others
from tests.support.members import add_member
from tests.support.roles import Watch
from tests.support.storm import EMAIL, SURVEYED, Storm

ERASURES = "/v1/people/erasures"


def test_it_reads_and_writes_all_that_it_may(
    heed: Heed, roles: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet_others(monkeypatch)
    Storm(heed).happens()
    ends = moments.now() + timedelta(days=1)
    wiring.table().transact(naming(Served("another", person_of(EMAIL), EMAIL, ends)))
    heed.call("POST", "/v1/people", {"email": EMAIL, "external_ids": ["jira:5b10"]})
    add_member(address=EMAIL)
    quiet = Confidential(heed, survey="quiet")
    quiet.vote("anna", 2, "The queue")
    with monkeypatch.context() as patch:
        sound = people_wiring.erase_person_needs
        patch.setattr(people_wiring, "erase_person_needs", lambda _: sound(lambda: 0.0))
        for address in (EMAIL, "anna@example.com"):
            heed.call("POST", ERASURES, {"email": address})
    surveys_wiring.catalogue.cache_clear()
    app.forget({}, Clock(900_000))
    heed.call("POST", f"{SURVEYED}/invitations", {"email": "olav@example.com"})
    with time_machine.travel(moments.now() + timedelta(days=740), tick=True):
        app.forget({}, Clock(900_000))
    for reads in (True, False):
        names = "read_by" if reads else "written_by"
        may = {kind.pk for kind in KINDS if "forget" in getattr(kind, names).split()}
        assert starts(roles.asked, "forget", reads) == may
    assert ballots_wiring.ballots().box("quiet")
    assert list(ballots_wiring.ballots().ballots("quiet")) == []


def test_it_ends_the_conversation_about_a_confidential_answer(
    heed: Heed, roles: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet = Confidential(heed, survey="quiet")
    invitation = quiet.vote("anna", 2, "The queue")
    quiet.crowd(11)
    quiet.release()
    known = lookups_wiring.memory().find("quiet", invitation)
    assert known
    with monkeypatch.context() as patch:
        sound = people_wiring.erase_person_needs
        patch.setattr(people_wiring, "erase_person_needs", lambda _: sound(lambda: 0.0))
        heed.call("POST", ERASURES, {"email": "anna@example.com"})
    app.forget({}, Clock(900_000))
    assert ballots_wiring.conversations().find("quiet", str(known.result)).ended
    assert not roles.refused
