"""The history names what was changed, and leads to its page. What is gone is told by its id."""

import csv
import io
import re
from html import unescape
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.audit import Change
from chalicelib.dashboard.setup.history.things import Kind, Named, place_of, thing_of
from tests.functional.conftest import HOOK, Heed
from tests.functional.dashboard.test_words_of_history import HERE, write
from tests.support.deliveries import WEBHOOK
from tests.support.members import Browser, add_member, signed_in
from tests.support.owners import team
from tests.support.samples import NOW, SURVEY
from tests.support.setup_pages import send
from tests.support.webhooks import stored_webhook

ROW = re.compile(r"<tr>\s*<td>.*?</td>\s*<th.*?</th>\s*<td>.*?</td>\s*<td>(.*?)</td>", re.DOTALL)
SETUP = "/app/setup"
NAMES: dict[tuple[Kind, str], str] = {("survey", "visits"): "Visits"}


@pytest.fixture
def boss(heed: Heed) -> Browser:
    return signed_in(heed, address="boss@example.com")


def abouts(browser: Browser) -> list[tuple[str, str | None]]:
    """What each line is about and where that leads to, the oldest first."""
    found = []
    for cell in ROW.findall(browser.open(HERE).body.decode()):
        leads = re.search(r'href="([^"]+)"', cell)
        words = " ".join(unescape(re.sub(r"<[^>]+>", "", cell)).split())
        found.append((words, leads[1] if leads else None))
    return found[::-1]


def lines_of_all(heed: Heed) -> None:
    team(heed)
    stored_webhook()
    ola = add_member(address="ola@example.com")
    write(
        ("put_survey", f"/v1/surveys/{SURVEY.id}"),
        ("set_goal", f"/v1/surveys/{SURVEY.id}/goals/g1"),
        ("change_team", "/app/setup/teams/desk"),
        ("add_secret", f"/v1/hooks/zendesk/{HOOK}/secrets"),
        ("delete_older_secret", f"/app/setup/helpdesks/zendesk/{HOOK}"),
        ("change_webhook", f"/v1/webhooks/{WEBHOOK.id}"),
        ("change_member", f"/v1/members/{ola.id}"),
        ("put_brand", "/v1/brand"),
        ("aside", "heed aside"),
    )


def test_each_thing_is_named_and_leads_to_its_page(heed: Heed, boss: Browser) -> None:
    lines_of_all(heed)
    survey = (SURVEY.name, f"{SETUP}/surveys/{SURVEY.id}")
    desk = (f"Zendesk: {SURVEY.name}", f"{SETUP}/helpdesks/zendesk/{HOOK}")
    shown = abouts(boss)
    named = [one for one in shown if one[1] != f"{SETUP}/teams/desk"]
    assert named == [
        survey,
        survey,
        desk,
        desk,
        (WEBHOOK.name, f"{SETUP}/webhooks/{WEBHOOK.id}"),
        ("Kari Nordmann (ola@example.com)", f"{SETUP}/members"),
        ("/v1/brand", None),
        ("heed aside", None),
    ]
    assert ("Desk", f"{SETUP}/teams/desk") in shown


def test_a_key_that_was_revoked_on_a_page_is_named(heed: Heed, boss: Browser) -> None:
    made = heed.call("POST", "/v1/keys", {"name": "Reports", "scopes": ["read"]}).json_body["id"]
    page = boss.open(f"{SETUP}/keys")
    send(boss, page, f"{SETUP}/keys/revocation", form=f"revoke-{made}")
    assert abouts(boss) == [("Reports", f"{SETUP}/keys")] * 2


def test_what_is_gone_is_told_by_its_id(boss: Browser) -> None:
    write(
        ("delete_survey", "/v1/surveys/old"),
        ("delete_team", "/v1/teams/old"),
        ("delete_hook", "/v1/hooks/zendesk/old"),
        ("delete_webhook", "/v1/webhooks/old"),
        ("remove_member", "/v1/members/m-old"),
    )
    assert abouts(boss) == [
        ("old (deleted)", None),
        ("old (deleted)", None),
        ("zendesk/old (deleted)", None),
        ("old (deleted)", None),
        ("m-old (deleted)", None),
    ]


def test_the_file_has_the_names_too(heed: Heed, boss: Browser) -> None:
    write(("put_survey", f"/v1/surveys/{SURVEY.id}"), ("aside", "heed aside"))
    rows = csv.DictReader(io.StringIO(boss.open(f"{HERE}?as=csv").body.decode()))
    assert [row["name"] for row in rows] == ["", SURVEY.name]


def test_it_reads_as_often_for_many_lines_as_for_one_of_each(heed: Heed, boss: Browser) -> None:
    calls, events = list[str](), wiring.table()._table._client.meta.events  # type: ignore[attr-defined]

    def note(model: Any, **_: Any) -> None:
        calls.append(model.name)

    def reads() -> int:
        calls.clear()
        boss.open(HERE)
        return len(calls)

    lines_of_all(heed)
    boss.open(HERE)  # what is kept in memory is read
    events.register("before-parameter-build.dynamodb", note)
    try:
        before = reads()
        write(*((f"act_{number}", "/v1/teams/desk") for number in range(40)))
        assert reads() == before
    finally:
        events.unregister("before-parameter-build.dynamodb", note)
    assert len(abouts(boss)) > 30


@pytest.mark.parametrize(
    ("what", "survey", "place"),
    [
        ("/v1/surveys/visits/responses/{response}", "visits", ("survey", "visits")),
        ("/app/setup/surveys/visits/closing", None, ("survey", "visits")),
        ("surveys put", "visits", ("survey", "visits")),
        ("/v1/people/{person}", None, None),
        ("/v1/accounts/acme", None, None),
    ],
)
def test_an_address_says_what_it_is_about(
    what: str, survey: str | None, place: tuple[str, str] | None
) -> None:
    assert place_of(Change(NOW, "act", what, "operator", survey)) == place


def test_who_may_not_see_a_page_is_not_led_to_it() -> None:
    change = Change(NOW, "put_survey", "/v1/surveys/visits", "operator")
    assert thing_of(change, NAMES, lambda scope: scope is Scope.KEYS_WRITE) == Named(
        "survey", "visits", "Visits", None
    )
