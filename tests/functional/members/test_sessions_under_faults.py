"""Signing in, sessions and roles when something fails, comes twice, or changes meanwhile."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import boto3
import pytest
import time_machine

from chalicelib import moments, wiring
from chalicelib.dashboard.cookies import SESSION
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.members import wiring as members_wiring
from chalicelib.members.begin_session import begin_session
from chalicelib.members.finish_sign_in import finish_by_link
from chalicelib.members.role import Role
from chalicelib.members.sign_in import SignIn
from chalicelib.members.sign_in_store import SignInStore
from chalicelib.members.store import SessionStore
from tests.functional.conftest import Heed
from tests.support.members import (
    Browser,
    Post,
    add_member,
    ask,
    cookie_name,
    sessions_of,
    signed_in,
)
from tests.support.samples import KEYS, SURVEY
from tests.support.setup_pages import fields_in, send

HERE = f"/app/setup/surveys/{SURVEY.id}"
FAILS = [("before", "InternalServerError", 500)]


@pytest.fixture
def post(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> Post:
    return Post(monkeypatch)


def is_in(browser: Browser) -> bool:
    return bool(browser.open("/app/tasks").status_code == 200)


@pytest.mark.parametrize("fault", ["before", "lost"])
def test_a_link_is_mailed_and_remembered_together_or_not_at_all(
    heed: Heed, post: Post, faulty: Any, dynamodb: Any, fault: str
) -> None:
    add_member()
    browser = Browser(heed)
    page = browser.open("/app/sign-in")
    plan = FAILS * 2 if fault == "before" else [("lost",)] * 2
    faulty(dynamodb, {"TransactWriteItems": plan})
    assert browser.press(page, email="kari@example.com").status_code == 303
    assert (len(heed.items("SIGNIN")), len(heed.items("LETTER"))) == (1, 1)
    browser.press(browser.open(post.link(heed)))
    assert is_in(browser)


def test_of_two_presses_at_once_one_signs_in(
    heed: Heed, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second comes after the first has read that the link is unused."""
    add_member()
    browser = Browser(heed)
    ask(browser)
    page, find = browser.open(post.link(heed)), SignInStore.find
    first = list[str]()

    def meanwhile(store: SignInStore, asked_by: str, now: datetime) -> SignIn | None:
        found = find(store, asked_by, now)
        monkeypatch.setattr(SignInStore, "find", find)
        if found:
            first.append(finish_by_link(found.id, asked_by, now, members_wiring.finish_needs()))
        return found

    monkeypatch.setattr(SignInStore, "find", meanwhile)
    assert browser.press(page).status_code == 404
    assert not is_in(browser)
    assert (len(first), len(sessions_of(heed))) == (1, 1)


def test_a_session_that_is_ended_while_a_page_is_read_ends_with_the_next(
    heed: Heed, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, other = signed_in(heed), Browser(heed)
    other.cookies = dict(browser.cookies)
    member_of = SessionStore.member_of

    def ended(store: Any, session: Any) -> Any:
        found = member_of(store, session)
        monkeypatch.setattr(SessionStore, "member_of", member_of)
        store.end(session)
        return found

    monkeypatch.setattr(SessionStore, "member_of", ended)
    assert is_in(browser)
    assert not is_in(other)


def test_a_role_that_is_lowered_holds_for_the_form_that_is_open(heed: Heed) -> None:
    browser = signed_in(heed)
    page, (member,) = browser.open(HERE), members_wiring.members().every()
    members_wiring.members().change(member, {"role": Role.VIEWER.value})
    before = heed.stored()
    assert send(browser, page, HERE, name="Mine").status_code == 404
    assert browser.open(HERE).status_code == 404
    assert heed.stored() == before
    assert is_in(browser)


def test_a_member_who_is_removed_changes_nothing_by_the_form_that_is_open(heed: Heed) -> None:
    browser = signed_in(heed)
    page, (member,) = browser.open(HERE), members_wiring.members().every()
    members_wiring.members().remove(member.person)
    before = heed.stored()
    assert send(browser, page, HERE, name="Mine").status_code == 401
    assert heed.stored() == before
    assert not is_in(browser)


def test_a_member_who_comes_back_is_not_signed_in_by_the_old_session(heed: Heed) -> None:
    browser = signed_in(heed)
    (member,) = members_wiring.members().every()
    members_wiring.members().remove(member.person)
    members_wiring.members().add(member)
    assert not is_in(browser)


@pytest.mark.parametrize("minutes", [-5, 5])
def test_clocks_that_differ_by_minutes_sign_nobody_out(heed: Heed, minutes: int) -> None:
    """The session begins by one function's clock and is read by another's."""
    member, browser = add_member(), Browser(heed)
    begun = moments.now() + timedelta(minutes=minutes)
    keys, sessions = invitations_wiring.token_keys(), members_wiring.sessions()
    browser.cookies[cookie_name(SESSION)] = begin_session(member.person, begun, keys, sessions, [])
    assert is_in(browser)
    with time_machine.travel(begun + timedelta(hours=12), tick=False):
        assert not is_in(browser)


@pytest.fixture
def rotated(heed: Heed) -> Iterator[Any]:
    """Writes the keys that links and sessions are signed with."""
    client = boto3.client("secretsmanager", region_name="us-east-1")
    before = {"active": "a", **{name: key.decode() for name, key in KEYS.keys.items()}}

    def write(keys: dict[str, str]) -> None:
        client.put_secret_value(SecretId="token-keys", SecretString=json.dumps(keys))
        wiring.secrets.cache_clear()

    yield lambda **more: write({**before, **more} if more else {"active": "z", "z": "z" * 32})
    write(before)


def test_a_new_key_keeps_who_is_signed_in_and_only_its_forms_are_asked_again(
    heed: Heed, rotated: Any
) -> None:
    browser = signed_in(heed)
    page = browser.open(HERE)
    rotated(active="z", z="z" * 32)
    assert send(browser, page, HERE, name="Mine").status_code == 403
    assert fields_in(browser.open(HERE))["name"] != ["Mine"]
    assert send(browser, browser.open(HERE), HERE, name="Mine").status_code == 303


def test_without_the_old_key_everybody_signs_in_again(heed: Heed, rotated: Any) -> None:
    browser = signed_in(heed)
    rotated()
    assert not is_in(browser)
