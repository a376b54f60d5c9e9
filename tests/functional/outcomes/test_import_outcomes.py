"""Outcomes from a file."""

from typing import Any

from tests.functional.conftest import Heed
from tests.support.outcomes import OUTCOMES, account, mail, record, report, told

CSV = {"Content-Type": "text/csv"}
IMPORTS = f"{OUTCOMES}/imports"
FILE = """id,kind,email,account,happened_at,reason
deal-1,referral,anna@example.com,,2026-03-01T12:00:00Z,
,renewal,anna@example.com,,2026-03-01T12:00:00Z,
deal-2,churn,,acme,2026-03-01T12:00:00Z,acquired
deal-3,churn,,acme,2026-03-01T12:00:00Z,
deal-4,churn,,none,2026-03-01T12:00:00Z,service
deal-1,renewal,anna@example.com,,2026-03-01T12:00:00Z,
"""


def test_a_file_of_outcomes_tells_of_every_row(heed: Heed) -> None:
    account(heed, "acme", "anna")
    done = heed.call("POST", IMPORTS, FILE.encode(), **CSV).json_body
    statuses = ["stored", "stored", "stored", "refused", "refused", "refused"]
    assert [one["status"] for one in done["results"]] == statuses
    pointers = [one["errors"][0]["pointer"] for one in done["results"][3:]]
    assert pointers == ["#/reason", "#/account", "#"]
    again = heed.call("POST", IMPORTS, FILE.encode(), **CSV).json_body
    assert (again["stored"], again["repeated"], again["refused"]) == (0, 3, 3)
    assert len(heed.items("OUTCOME")) == 3


def test_an_id_that_stands_for_something_else_is_refused_in_its_row(heed: Heed) -> None:
    record(heed, told(email=mail("anna"), id="deal-1"))
    account(heed, "acme")
    done = heed.call("POST", IMPORTS, FILE.encode(), **CSV).json_body
    assert done["results"][0]["errors"][0]["code"] == "id_reused"
    assert done["results"][2]["status"] == "stored"


def test_a_row_whose_fate_is_unknown_is_worth_sending_again(
    heed: Heed, faulty: Any, dynamodb: Any
) -> None:
    account(heed, "acme")
    refused = [("before", "InternalServerError", 500)] * 2
    faulty(dynamodb, {"TransactWriteItems": [*refused, None, ("lost",), ("lost",)]})
    done = heed.call("POST", IMPORTS, FILE.encode(), **CSV).json_body
    assert [one["status"] for one in done["results"][:3]] == ["stored", "failed", "stored"]
    again = heed.call("POST", IMPORTS, FILE.encode(), **CSV).json_body
    assert (again["repeated"], again["stored"]) == (3, 0)


def test_no_log_line_and_no_item_holds_the_address(heed: Heed, log_lines: Any) -> None:
    record(heed, told(email=mail("anna"), note="told by phone"))
    heed.call("POST", IMPORTS, FILE.encode(), **CSV)
    report(heed)
    assert "anna" not in str(heed.items("OUTCOME"))
    written = log_lines.getvalue()
    assert written
    assert [word for word in ("anna", "@", "phone") if word in written] == []


def test_the_route_of_one_outcome_takes_no_file(heed: Heed) -> None:
    assert heed.call("POST", OUTCOMES, FILE.encode(), **CSV).status_code == 415
    assert heed.items("OUTCOME") == []


def test_no_outcome_is_named_as_the_address_that_takes_files(heed: Heed) -> None:
    refused = heed.call("POST", OUTCOMES, told(email=mail("anna"), id="imports"))
    assert (refused.status_code, refused.json_body["errors"][0]["pointer"]) == (422, "#/id")
