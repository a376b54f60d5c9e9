"""Contacts from a file."""

from typing import Any

import pytest

from tests.functional.conftest import Heed
from tests.support.accounts import IMPORTS, contacts, put

CSV = {"Content-Type": "text/csv"}
FILE = """contact,email,name,capacity
anna,anna@acme.example.com,"Berg, Anna",decides
ben,no address,Ben,uses
carl,carl@acme.example.com,Carl,owns
dora,dora@acme.example.com
anna,anna@acme.example.com,Twice,uses
ed,ed@acme.example.com,,
"""


def test_good_rows_are_stored_and_bad_ones_are_told(heed: Heed) -> None:
    done = heed.call("POST", IMPORTS, FILE.encode(), **CSV).json_body
    counts = (done["rows"], done["stored"], done["refused"], done["failed"])
    assert counts == (6, 2, 4, 0)
    assert [(one["line"], one["status"]) for one in done["results"]] == [
        (2, "stored"),
        (3, "refused"),
        (4, "refused"),
        (5, "refused"),
        (6, "refused"),
        (7, "stored"),
    ]
    pointers = [one["errors"][0]["pointer"] for one in done["results"] if one["errors"]]
    assert pointers == ["#/email", "#/capacity", "#", "#"]
    assert "no address" not in str(done)
    stored = {one["id"]: one for one in contacts(heed)["items"]}
    assert sorted(stored) == ["anna", "ed"]
    assert (stored["anna"]["name"], stored["anna"]["capacity"]) == ("Berg, Anna", "decides")


def test_a_file_sent_twice_changes_nothing(heed: Heed) -> None:
    heed.call("POST", IMPORTS, FILE.encode(), **CSV)
    before = contacts(heed)["items"]
    heed.call("POST", IMPORTS, FILE.encode(), **CSV)
    assert contacts(heed)["items"] == before


def test_a_file_says_nothing_of_the_columns_it_does_not_have(heed: Heed) -> None:
    put(heed, "anna", role="CFO", engagement="high", name="Anna", left=True)
    raw = b"contact,email,name\r\nanna,anna@acme.example.com,\r\n"
    heed.call("POST", IMPORTS, raw, **CSV)
    found = contacts(heed)["items"][0]
    assert (found["role"], found["engagement"], found["left"]) == ("CFO", "high", True)
    assert found["name"] is None


@pytest.mark.parametrize(
    ("raw", "kind", "status"),
    [
        (b"contact,name\r\n", "text/csv", 409),
        (b"contact,email,colour\r\n", "text/csv", 409),
        (b"contact,email,email\r\n", "text/csv", 409),
        (b"", "text/csv", 409),
        (b"contact,email\r\n" + b"a,b\r\n" * 10_001, "text/csv", 409),
        (b"contact,email\r\n" + b"a" * 2_097_152, "text/csv", 413),
        (b"contact,email\r\n\xff,b\r\n", "text/csv", 400),
        (b'contact,email\r\n"a"b,c\r\n', "text/csv", 409),
        (b"contact,email\r\n", "application/json", 415),
    ],
)
def test_a_file_that_cannot_be_read_stores_nothing(
    heed: Heed, raw: bytes, kind: str, status: int
) -> None:
    answer = heed.call("POST", IMPORTS, raw, **{"Content-Type": kind})
    assert answer.status_code == status
    assert contacts(heed)["items"] == []


def test_no_log_line_names_a_contact(heed: Heed, log_lines: Any) -> None:
    put(heed, "anna", name="Anna Berg", role="CFO")
    heed.call("POST", IMPORTS, FILE.encode(), **CSV)
    contacts(heed)
    written = log_lines.getvalue().lower()
    assert written
    assert [word for word in ("anna", "berg", "@", "cfo") if word in written] == []


def test_no_contact_is_named_as_the_address_that_takes_files(heed: Heed) -> None:
    raw = b"contact,email\r\nimports,anna@acme.example.com\r\nimport,ben@acme.example.com\r\n"
    done = heed.call("POST", IMPORTS, raw, **CSV).json_body
    assert [row["status"] for row in done["results"]] == ["refused", "stored"]
