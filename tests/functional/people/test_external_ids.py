"""What other tools call a person, for help desks that send no address."""

from chalicelib import wiring
from chalicelib.invitations.external_ids import ExternalIdStore
from tests.functional.conftest import Heed
from tests.support.directory import INGRID, PEOPLE, known, take

JIRA, GITHUB = "jira:5b10ac8d82e05b22cc7d4ef5", "github:ingrid-solheim"
OLAV = "olav.berg@example.com"


def address(external_id: str) -> str | None:
    return ExternalIdStore(wiring.table()).look_up(*external_id.split(":", 1))


def called(heed: Heed, *ids: str, email: str = INGRID) -> tuple[int, str]:
    answer = heed.call("POST", PEOPLE, {"email": email, "external_ids": list(ids)})
    errors = answer.json_body.get("errors")
    return answer.status_code, errors[0]["code"] if errors else ""


def test_an_id_of_another_tool_leads_to_the_address(heed: Heed) -> None:
    assert called(heed, JIRA, GITHUB) == (201, "")
    (shown,) = heed.call("GET", PEOPLE).json_body["items"]
    assert shown["external_ids"] == [GITHUB, JIRA]
    assert [address(one) for one in (JIRA, GITHUB)] == [INGRID, INGRID]
    assert address("github:Ingrid-Solheim") == INGRID
    assert address("zendesk:5b10ac8d82e05b22cc7d4ef5") is None


def test_what_is_said_now_stands(heed: Heed) -> None:
    called(heed, JIRA, GITHUB)
    assert called(heed, GITHUB, GITHUB) == (200, "")
    assert [address(one) for one in (JIRA, GITHUB)] == [None, INGRID]


def test_an_id_is_of_one_person(heed: Heed) -> None:
    called(heed, JIRA)
    assert called(heed, GITHUB, JIRA.upper().replace("JIRA", "jira"), email=OLAV) == (
        409,
        "external_id_taken",
    )
    assert [address(one) for one in (JIRA, GITHUB)] == [INGRID, None]


def test_a_change_by_the_id_leaves_them(heed: Heed) -> None:
    called(heed, JIRA)
    (shown,) = heed.call("GET", PEOPLE).json_body["items"]
    changed = heed.call("PUT", f"{PEOPLE}/{shown['id']}", {"role": "manager"}).json_body
    assert (changed["role"], changed["external_ids"]) == ("manager", [JIRA])
    assert address(JIRA) == INGRID


def test_whoever_is_taken_out_is_not_found_any_more(heed: Heed) -> None:
    called(heed, JIRA)
    (shown,) = heed.call("GET", PEOPLE).json_body["items"]
    assert heed.call("DELETE", f"{PEOPLE}/{shown['id']}").status_code == 204
    assert heed.items("EXTERNAL") == []
    assert called(heed, JIRA, email=OLAV) == (201, "")


def test_an_erasure_takes_them_out(heed: Heed) -> None:
    called(heed, JIRA, GITHUB)
    receipt = heed.call("POST", f"{PEOPLE}/erasures", {"email": INGRID}).json_body
    assert (receipt["state"], receipt["erased"]["directory"]) == ("done", 1)
    assert heed.items("EXTERNAL") == []
    assert "solheim" not in str(heed.stored()).lower()


def test_an_export_shows_them(heed: Heed) -> None:
    called(heed, JIRA)
    answer = heed.call("GET", f"{PEOPLE}/export?email={INGRID}").json_body
    assert answer["directory"]["external_ids"] == [JIRA]


def test_a_file_brings_them(heed: Heed) -> None:
    file = (
        f"email,external_ids\nada@example.com,{JIRA} {GITHUB}\n{OLAV},{GITHUB}\nben@example.com,\n"
    )
    dry = take(heed, file, "?dry_run=true").json_body
    assert [row["status"] for row in dry["results"]] == ["valid", "valid", "valid"]
    done = take(heed, file).json_body
    assert [row["status"] for row in done["results"]] == ["stored", "refused", "stored"]
    assert done["results"][1]["errors"][0]["code"] == "external_id_taken"
    assert address(GITHUB) == "ada@example.com"
    again = take(heed, file, "?dry_run=true").json_body
    assert [row["status"] for row in again["results"]] == ["valid", "refused", "valid"]


def test_a_file_without_the_column_leaves_them(heed: Heed) -> None:
    person = known(heed)
    called(heed, JIRA)
    take(heed, f"email,role\n{INGRID},manager\n")
    shown = heed.call("GET", f"{PEOPLE}/{person}").json_body
    assert (shown["role"], shown["external_ids"]) == ("manager", [JIRA])


def test_what_is_no_such_id_is_refused(heed: Heed) -> None:
    for wrong in ("5b10", "jira:", "jira:a b", "a-b:c", 7):
        answer = heed.call("POST", PEOPLE, {"email": INGRID, "external_ids": [wrong]})
        assert answer.status_code == 422, wrong
