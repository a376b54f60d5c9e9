"""The counter of a comment, near its limit."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.renderings import page

LIMIT = {"longest_comment": 100}


def counter(browser_page: Page, text: str, **changes: object) -> Locator:
    shown = page("answer", **LIMIT | changes)
    browser_page.route("**/*", lambda route: route.fulfill(body=shown, content_type="text/html"))
    browser_page.goto("https://heed.example.com/r/token/9")
    browser_page.locator("#comment").fill(text)
    return browser_page.locator(".counter")


def test_it_is_silent_until_little_is_left(browser_page: Page) -> None:
    expect(counter(browser_page, "a" * 90)).to_be_empty()
    expect(counter(browser_page, "a" * 91)).to_have_text("Characters left: 9")


@pytest.mark.parametrize("letter", ["😀", "é", "ก"])
def test_an_emoji_and_a_letter_with_its_accent_count_as_one(
    browser_page: Page, letter: str
) -> None:
    expect(counter(browser_page, letter * 99)).to_have_text("Characters left: 1")


def test_more_than_the_limit_stays_in_the_field_and_is_told(browser_page: Page) -> None:
    told = counter(browser_page, "a" * 103)
    expect(told).to_have_text("Characters too many: 3")
    assert browser_page.locator("#comment").input_value() == "a" * 103


def test_typing_goes_on_beyond_the_limit(browser_page: Page) -> None:
    told = counter(browser_page, "a" * 99)
    browser_page.locator("#comment").press_sequentially("bcd")
    expect(told).to_have_text("Characters too many: 2")
    expect(told).to_have_role("status")


def test_space_around_the_words_does_not_count(browser_page: Page) -> None:
    expect(counter(browser_page, f"\n  {'a' * 95}  ")).to_have_text("Characters left: 5")


def test_it_counts_in_the_digits_of_the_page(browser_page: Page) -> None:
    expect(counter(browser_page, "a" * 95, lang="fa")).to_contain_text("\u06f5")
