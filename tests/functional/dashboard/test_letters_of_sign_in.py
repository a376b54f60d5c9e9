"""Letters with the link to sign in are counted, so that a stranger neither floods a member nor
locks them out."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.aws import clients
from chalicelib.dashboard.cookies import KNOWN
from chalicelib.dashboard.visit import Visit
from chalicelib.members.ask_to_sign_in import (
    MOST_BY_BROWSER,
    MOST_BY_KNOWN,
    MOST_BY_NETWORK,
    MOST_BY_STRANGERS,
)
from tests.functional.conftest import Heed
from tests.support.members import ADDRESS, Browser, Post, add_member, ask, cookie_name

MINUTE = timedelta(minutes=1)
NINE = "2026-11-30T09:00:00Z"
STRANGER = "nobody@example.com"


class Internet:
    """Whose turn it is asks from another network."""

    def __init__(self, heed: Heed, post: Post, patch: pytest.MonkeyPatch, clock: Any) -> None:
        self.heed, self.post, self.clock, self.network = heed, post, clock, "192.0.2.1"
        patch.setattr(Visit, "address", property(lambda _: self.network))

    def letters(self, browser: Browser, times: int = 1, address: str = ADDRESS) -> int:
        """How many come for so many questions, none of them too often for its network."""
        before = len(self.heed.items("LETTER"))
        for _ in range(times):
            self.clock.shift(timedelta(seconds=7))
            assert ask(browser, address).status_code == 303
        return len(self.heed.items("LETTER")) - before

    def attack(self, networks: int, times: int = MOST_BY_NETWORK + 1) -> int:
        """A stranger in so many networks asks for links of the member."""
        found = 0
        for number in range(networks):
            self.network = f"198.51.{number}.7"
            found += self.letters(Browser(self.heed), times)
        return found

    def sign_in(self) -> Browser:
        """The member, in a browser of their own; out again."""
        self.network, browser = "192.0.2.1", Browser(self.heed)
        assert self.letters(browser) == 1
        browser.press(browser.open(self.post.link(self.heed)))
        browser.press(browser.open("/app/tasks"), "out")
        self.clock.shift(timedelta(hours=2))
        return browser


@pytest.fixture
def internet(heed: Heed, post: Post, monkeypatch: pytest.MonkeyPatch) -> Iterator[Internet]:
    add_member()
    with time_machine.travel(NINE, tick=False) as clock:
        yield Internet(heed, post, monkeypatch, clock)


def test_a_stranger_in_one_network_locks_nobody_out(internet: Internet) -> None:
    assert internet.attack(networks=1, times=12) == MOST_BY_NETWORK
    internet.network = "192.0.2.1"
    assert internet.letters(Browser(internet.heed)) == 1


def test_a_stranger_in_many_networks_does_not_lock_out_who_has_signed_in_here_before(
    internet: Internet,
) -> None:
    known = internet.sign_in()
    assert internet.attack(networks=8) == MOST_BY_STRANGERS
    internet.post.deliver(internet.heed)
    internet.network = "203.0.113.9"
    assert internet.letters(Browser(internet.heed)) == 0
    assert internet.letters(known) == 1
    page = known.open(internet.post.link(internet.heed))
    assert known.press(page).headers["Location"] == "/app"


def test_a_mailbox_gets_so_many_letters_in_an_hour_whoever_asks(internet: Internet) -> None:
    browsers = [internet.sign_in() for _ in range(4)]
    internet.attack(networks=8, times=5)
    found = [internet.letters(browser, MOST_BY_BROWSER + 1) for browser in browsers]
    assert found == [MOST_BY_BROWSER] * 3 + [MOST_BY_KNOWN - 3 * MOST_BY_BROWSER]


def test_the_cookie_of_a_known_browser_is_for_its_member_alone(internet: Internet) -> None:
    known = internet.sign_in()
    internet.attack(networks=1)
    internet.network = "198.51.0.7"
    other = "ola@example.com"
    assert internet.letters(known, MOST_BY_NETWORK + 1, other) == MOST_BY_NETWORK


def test_a_cookie_that_was_changed_makes_no_browser_known(internet: Internet) -> None:
    known, name = internet.sign_in(), cookie_name(KNOWN)
    internet.attack(networks=1)
    internet.network, text = "198.51.0.7", known.cookies[name]
    known.cookies[name] = ("a" if text[0] != "a" else "b") + text[1:]
    assert internet.letters(known) == 0


def test_a_known_browser_is_forgotten_after_half_a_year(internet: Internet) -> None:
    known = internet.sign_in()
    internet.clock.shift(timedelta(days=181))
    internet.attack(networks=1)
    internet.network = "198.51.0.7"
    assert internet.letters(known) == 0


def test_the_cookie_signs_nobody_in_and_is_kept_from_scripts(internet: Internet) -> None:
    known = internet.sign_in()
    assert set(known.cookies) == {cookie_name(KNOWN)}
    assert known.open("/app/tasks").status_code == 303
    known.cookies[cookie_name("session")] = known.cookies[cookie_name(KNOWN)]
    assert known.open("/app/tasks").status_code == 303


@pytest.mark.parametrize("letters", [0, MOST_BY_NETWORK])
@pytest.mark.parametrize("is_known", [True, False])
def test_the_table_is_asked_alike_for_a_member_and_for_anybody(
    internet: Internet, letters: int, is_known: bool
) -> None:
    """So the time of the answer tells nothing, also when no letter goes any more."""
    found = []
    browsers = {True: internet.sign_in(), False: Browser(internet.heed)}
    for address in (ADDRESS, STRANGER):
        internet.letters(Browser(internet.heed), letters, address)
        browser, calls = browsers[is_known], list[str]()

        def note(model: Any, calls: list[str] = calls, **_: Any) -> None:
            calls.append(model.name)

        page, events = browser.open("/app/sign-in"), clients.client("dynamodb").meta.events
        events.register("before-parameter-build.dynamodb", note)
        answer = browser.press(page, email=address)
        events.unregister("before-parameter-build.dynamodb", note)
        found.append((answer.status_code, answer.headers["Location"], answer.body, calls))
    if letters and is_known:
        return  # whoever has the cookie knows whose it is
    assert found[0] == found[1]
