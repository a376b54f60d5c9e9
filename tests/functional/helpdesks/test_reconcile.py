"""By night help desks are asked for what their webhooks lost, against servers that behave like
them."""

import io
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

import app
from chalicelib import keys, moments, wiring
from chalicelib.helpdesks import wiring as helpdesks_wiring
from chalicelib.helpdesks.hook import Hook
from chalicelib.invitations.store import InvitationStore
from chalicelib.kinds import KINDS
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Update
from tests.functional.conftest import Heed
from tests.functional.helpdesks.test_hooks import changed, deliver
from tests.functional.house.test_roles_suffice import starts
from tests.functional.house.test_tick_and_aside import Clock
from tests.support.ballots import CONFIDENTIAL
from tests.support.directory import PEOPLE
from tests.support.problems import problem
from tests.support.pulled import (
    CLIENT,
    SECRET,
    ChatwootList,
    JiraSearch,
    Told,
    ZendeskSearch,
    conversation,
    jira_issue,
    zendesk_ticket,
)
from tests.support.roles import Watch
from tests.support.samples import SURVEY
from tests.support.vendor import as_json

HOOK = "hookhookhookhookhookhookho"


def night(left_ms: int = 800_000) -> None:
    app.reconcile({}, Clock(left_ms))


def ago(hours: float) -> str:
    return moments.to_text(moments.now() - timedelta(hours=hours))


def asked(heed: Heed) -> list[str]:
    return sorted(item["ticket"]["id"] for item in heed.items("INVITE"))


def lines(heed: Heed, source: str = "zendesk") -> list[tuple[Any, ...]]:
    items = heed.call("GET", f"/v1/hooks/{source}/{HOOK}/deliveries").json_body["items"]
    return sorted((one["ticket"], one["result"], one["reason"]) for one in items)


def tickets(*numbers: int, hours: float = 5) -> list[dict[str, Any]]:
    return [zendesk_ticket(number, ago(hours)) for number in numbers]


def test_a_ticket_of_which_no_delivery_told_is_asked_about(heed: Heed, serve: Told) -> None:
    serve("zendesk", ZendeskSearch(tickets=tickets(1, 2, 3, 4, 5)))
    night()
    assert asked(heed) == ["1", "2", "3", "4", "5"]
    assert lines(heed)[0] == ("1", "accepted", "reconciled")
    (first,) = [item for item in heed.items("INVITE") if item["ticket"]["id"] == "1"]
    assert (first["email"], first["name"], first["locale"]) == ("u1001@example.com", "U 1001", "nb")
    assert first["ticket"]["subject"] == "Laptop & <dock>"
    assert first["segments"] == ["group=IT & Service", "organization=Acme"]


def test_a_ticket_of_which_a_delivery_told_is_not_asked_about_again(
    heed: Heed, serve: Told
) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, throttle_days=0))
    surveys_wiring.catalogue.cache_clear()
    deliver(heed, changed(ticket__updated_at=ago(6)))
    serve("zendesk", ZendeskSearch(tickets=tickets(48213, 2, hours=4)))
    before = lines(heed)
    for _ in range(2):
        night()
    assert asked(heed) == ["2", "48213"]
    assert lines(heed) == sorted([*before, ("2", "accepted", "reconciled")])


def test_a_ticket_that_was_opened_and_solved_again_unheard_is_asked_about(
    heed: Heed, serve: Told
) -> None:
    deliver(heed, changed(ticket__updated_at=ago(6)), delivery="1")
    reopened = changed(event="ticket.reopened", ticket__updated_at=ago(5))
    assert deliver(heed, reopened, delivery="2").json_body["reason"] == "invitation_cancelled"
    serve("zendesk", ZendeskSearch(tickets=tickets(48213, hours=4)))
    night()
    assert sorted(item["status"] for item in heed.items("INVITE")) == ["cancelled", "queued"]


def test_only_the_last_hours_are_asked_for_and_none_before_there_was_a_hook(
    heed: Heed, serve: Told
) -> None:
    jira, zendesk = JiraSearch(), ZendeskSearch()
    serve("jira", jira)
    serve("zendesk", zendesk)
    night()
    assert jira.asked[0]["jql"].startswith('statusCategory = Done AND resolved >= "-1561m"')
    assert f"solved>={ago(26)[:13]}" in zendesk.asked[1]["query"]
    made = heed.call("POST", "/v1/hooks", {"survey": SURVEY.id, "source": "jira"}).json_body
    body = {"subdomain": "acme", "client_id": CLIENT, "client_secret": SECRET}
    heed.call("PUT", f"/v1/hooks/jira/{made['id']}/account", body)
    night()
    assert any('"-1m"' in query["jql"] for query in jira.asked)


def test_too_many_calls_are_waited_for_as_the_help_desk_says(
    heed: Heed, serve: Told, waits: list[float]
) -> None:
    vendor = ZendeskSearch(tickets=tickets(1), tokens={"token-1"})
    serve("zendesk", vendor)
    vendor.instead = [as_json(429, {}, Retry_After="17"), as_json(429, {})]
    night()
    assert [seconds for seconds in waits if seconds >= 1] == [17, 30]
    assert asked(heed) == ["1"]


def test_who_says_too_late_or_too_often_is_asked_the_next_night(
    heed: Heed, serve: Told, waits: list[float], capsys: Any
) -> None:
    vendor = ZendeskSearch(tickets=tickets(1))
    serve("zendesk", vendor)
    for seconds, calls in (("3600", 1), ("1", 4)):
        vendor.calls.clear()
        vendor.instead = [as_json(429, {}, Retry_After=seconds)] * calls
        night()
        assert len(vendor.calls) == calls
    assert capsys.readouterr().out.count('"ReconcileUnfinished":[1.0]') == 2
    night()
    assert asked(heed) == ["1"]


def test_a_token_that_was_taken_back_is_renewed(heed: Heed, serve: Told) -> None:
    vendor = ZendeskSearch(tickets=tickets(1))
    serve("zendesk", vendor)
    night()
    vendor.tokens.clear()
    vendor.tickets += tickets(2)
    night()
    assert (asked(heed), vendor.given) == (["1", "2"], 2)


@pytest.mark.parametrize(
    "broken",
    [
        (200, {}, b"{not json"),
        (200, {}, b"[]"),
        (200, {}, b'{"issues": "none"}'),
        (500, {}, b""),
        (302, {"Location": "http://169.254.169.254/"}, b""),
    ],
)
def test_what_cannot_be_read_fails_and_holds_up_no_other_hook(
    heed: Heed, serve: Told, capsys: Any, broken: Any
) -> None:
    jira = JiraSearch(instead=[broken])
    serve("jira", jira)
    serve("zendesk", ZendeskSearch(tickets=tickets(1)))
    night()
    assert (asked(heed), len(jira.calls)) == (["1"], 1)
    assert '"ReconcileUnfinished":[1.0]' in capsys.readouterr().out


def test_no_token_goes_to_another_host(heed: Heed, serve: Told) -> None:
    vendor = ZendeskSearch(tickets=tickets(1, 2, 3), host="https://evil.example.com")
    serve("zendesk", vendor)
    night()
    assert asked(heed) == ["1", "2"]


def test_when_the_time_is_over_it_stops_and_says_so(heed: Heed, serve: Told, capsys: Any) -> None:
    serve("zendesk", ZendeskSearch(tickets=tickets(1)))
    night(left_ms=0)
    assert asked(heed) == []
    assert '"ReconcileUnfinished":[1.0]' in capsys.readouterr().out


def test_issues_of_jira_are_asked_about_page_by_page(heed: Heed, serve: Told) -> None:
    at = "2026-11-20T14:45:09.000+0100"
    shown = [jira_issue(f"IT-{n}", at, emailAddress=f"j{n}@example.com") for n in range(3)]
    hidden = [jira_issue("IT-7", at), jira_issue("IT-8", at, accountId="unheard")]
    heed.call("POST", PEOPLE, {"email": "ingrid@example.com", "external_ids": ["jira:5b10"]})
    serve("jira", JiraSearch(tickets=[*shown, *hidden]))
    for _ in range(2):
        night()
    assert asked(heed) == ["IT-0", "IT-1", "IT-2", "IT-7"]
    assert ("IT-8", "ignored", "address_unknown") in lines(heed, "jira")


def test_conversations_of_chatwoot_are_read_until_they_are_too_old(heed: Heed, serve: Told) -> None:
    now = moments.now().timestamp()
    found = [conversation(number, now - 3600 * number * 6) for number in range(1, 9)]
    vendor = ChatwootList(tickets=found)
    serve("chatwoot", vendor)
    night()
    assert asked(heed) == ["1", "2", "3", "4"]
    assert len(vendor.calls) == 3


@pytest.mark.parametrize("change", [{"success": None}, {"closed": True}])
def test_a_survey_that_asks_nobody_is_no_failure(
    heed: Heed, serve: Told, log_lines: io.StringIO, change: dict[str, Any]
) -> None:
    serve("zendesk", ZendeskSearch(tickets=tickets(1)))
    surveys_wiring.surveys().put(replace(SURVEY, **change))
    night()
    assert (asked(heed), lines(heed)) == ([], [])
    assert '"resting":1,"failed":0' in log_lines.getvalue()


def test_nothing_personal_and_no_secret_is_logged(
    heed: Heed, serve: Told, log_lines: io.StringIO
) -> None:
    serve("zendesk", ZendeskSearch(tickets=tickets(1), instead=[as_json(401, {})]))
    night()
    night()
    for private in ("example.com", "Laptop", SECRET, "token-1", "acme"):
        assert private not in log_lines.getvalue()


def change_each_person_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    read, changed = InvitationStore.person_and_ledger, set[str]()

    def and_change(store: InvitationStore, person: str, since: Any) -> Any:
        found = read(store, person, since)
        if person not in changed:
            changed.add(person)
            wiring.table().write(Update(keys.person(person), add={"version": 1}))
        return found

    monkeypatch.setattr(InvitationStore, "person_and_ledger", and_change)


def test_it_reads_and_writes_all_that_it_may(
    heed: Heed, serve: Told, roles: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_each_person_meanwhile(monkeypatch)
    surveys_wiring.surveys().put(replace(SURVEY, plan="help_desk"))
    surveys_wiring.surveys().put(CONFIDENTIAL)
    surveys_wiring.catalogue.cache_clear()
    quiet = Hook("chatwoot", HOOK, CONFIDENTIAL.id)
    helpdesks_wiring.hooks().add(quiet)
    helpdesks_wiring.hooks().note_account(quiet, "chat.acme.com", "3", "of-a-key")
    serve("zendesk", ZendeskSearch(tickets=tickets(9)))
    serve("jira", JiraSearch(tickets=[jira_issue("IT-7", ago(3))]))
    night()
    for reads in (True, False):
        names = "read_by" if reads else "written_by"
        may = {kind.pk for kind in KINDS if "reconcile" in getattr(kind, names).split()}
        assert starts(roles.asked, "reconcile", reads) == may


@pytest.mark.parametrize(
    ("source", "subdomain", "wanted"),
    [
        ("jira", "acme.evil.com", (422, "validation")),
        ("chatwoot", "acme", (422, "validation")),
        ("chatwoot", "127.0.0.1", (422, "validation")),
        ("github", "acme", (409, "does-not-fit")),
    ],
)
def test_an_account_is_of_a_help_desk_that_is_asked(
    heed: Heed, source: str, subdomain: str, wanted: tuple[int, str]
) -> None:
    helpdesks_wiring.hooks().add(Hook(source, HOOK, SURVEY.id))
    body = {"subdomain": subdomain, "client_id": "3", "client_secret": SECRET}
    assert problem(heed.call("PUT", f"/v1/hooks/{source}/{HOOK}/account", body)) == wanted
