"""The directory from a file."""

from itertools import chain, repeat
from typing import Any

import pytest

from chalicelib import wiring
from tests.functional.conftest import Heed
from tests.support.directory import INGRID, PEOPLE, known, take

FILE = """email,role,location,account,language
ada@example.com,manager,Oslo,acme,nb
no address,manager,Oslo,,
ben@example.com,team member,"Ås, Norway",,
cem@example.com,,,nobody,
ADA@example.com,team member,,,
dag@example.com,manager
"""


@pytest.fixture
def acme(heed: Heed) -> Heed:
    heed.call("PUT", "/v1/accounts/acme", {"name": "Acme"})
    return heed


def facts(heed: Heed) -> list[tuple[Any, ...]]:
    found = heed.call("GET", PEOPLE).json_body["items"]
    return sorted((one["role"], one["location"], one["account"]) for one in found)


def test_good_rows_are_stored_and_bad_ones_are_told_without_their_address(acme: Heed) -> None:
    done = take(acme, FILE).json_body
    assert [(row["line"], row["status"]) for row in done["results"]] == [
        (2, "stored"),
        (3, "refused"),
        (4, "stored"),
        (5, "refused"),
        (6, "refused"),
        (7, "refused"),
    ]
    codes = [row["errors"][0]["code"] for row in done["results"] if row["errors"]]
    assert codes == ["not_an_address", "account_unknown", "given_twice", "cells_differ"]
    assert "@" not in str(done)
    assert facts(acme) == [("manager", "Oslo", "acme"), ("team member", "Ås, Norway", None)]


def test_a_dry_run_says_the_same_and_stores_nothing(acme: Heed) -> None:
    acme.call("POST", f"{PEOPLE}/erasures", {"email": "ben@example.com"})
    before = acme.stored()
    dry = take(acme, FILE, "?dry_run=true").json_body
    assert acme.stored() == before
    assert (dry["valid"], dry["stored"], dry["refused"]) == (1, 0, 5)
    wet = take(acme, FILE).json_body
    as_stored = [
        {**row, "status": "stored" if row["status"] == "valid" else row["status"]}
        for row in dry["results"]
    ]
    assert as_stored == wet["results"]


def test_a_file_says_nothing_of_the_columns_it_does_not_have(acme: Heed) -> None:
    person = known(acme, role="manager", location="Oslo", account="acme")
    take(acme, f"email,location\n{INGRID},Bergen\n")
    shown = acme.call("GET", f"{PEOPLE}/{person}").json_body
    assert (shown["role"], shown["location"], shown["account"]) == ("manager", "Bergen", "acme")
    take(acme, f"email,role\n{INGRID},\n")
    assert acme.call("GET", f"{PEOPLE}/{person}").json_body["role"] is None


def test_a_file_that_does_not_end_in_time_goes_on_where_it_stopped(
    heed: Heed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lasting(seconds: float = 0) -> Any:
        return chain(repeat(1.0, 1), repeat(0.0)).__next__

    monkeypatch.setattr(wiring, "lasting", lasting)
    file = "email,role\n" + "".join(f"p{number}@example.com,manager\n" for number in range(120))
    answers = [take(heed, file, Idempotency_Key="night-1") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [202, 202, 200]
    assert [answer.json_body["waiting"] for answer in answers] == [70, 20, 0]
    assert len(heed.items("DIRECTORY")) == 120
