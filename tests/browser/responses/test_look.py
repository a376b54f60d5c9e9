"""What a person would notice, on static renderings: no stack is needed."""

import json
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Route, expect

from chalicelib import render
from tests.support.renderings import CONTEXTS, every_page, page

LONG = "Donaudampfschifffahrtsgesellschaftskapitaen" * 4
TAP = 44


def mail(name: str, **changes: object) -> str:
    return render.mail(name, **CONTEXTS[name] | changes).html


RENDERINGS = {
    "invitation": mail("invitation"),
    "invitation, long words": mail(
        "invitation", question=LONG, ticket_subject=LONG, person_name=LONG, team=LONG, promise=LONG
    ),
    "follow-up": mail("follow_up"),
    "follow-up, long words": mail("follow_up", comment=LONG, ticket_subject=LONG, team=LONG),
    "answer": page("answer"),
    "answer, long words": page(
        "answer", question=LONG, survey_name=LONG, low_label=LONG, high_label=LONG, promise=LONG
    ),
    "recorded": page("answer", state="counted", comment=LONG),
    "error": page("answer", error="comment_too_long"),
    "gone": page("gone"),
    "trouble": page("trouble"),
    "trouble, long words": page("trouble", written={"comment": LONG}),
    "unsubscribe": page("unsubscribe", survey_name=LONG),
    "unsubscribed": page("unsubscribe", said="all"),
}


@pytest.mark.parametrize("name", RENDERINGS)
@pytest.mark.parametrize("browser_page", ["small phone"], indirect=True)
def test_nothing_scrolls_sideways_on_a_small_phone(browser_page: Page, name: str) -> None:
    browser_page.set_content(RENDERINGS[name])
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", ["invitation", "answer", "unsubscribe"])
@pytest.mark.parametrize("browser_page", ["small phone"], indirect=True)
def test_every_number_and_button_is_wide_enough_for_a_thumb(browser_page: Page, name: str) -> None:
    browser_page.set_content(RENDERINGS[name])
    for target in browser_page.locator(".box, button:visible").all():
        box = target.bounding_box()
        assert box
        assert box["width"] >= TAP
        assert box["height"] >= TAP


@pytest.mark.parametrize(
    ("browser_page", "rows"),
    [("small phone", 2), ("phone", 2), ("reading pane", 1), ("desktop", 1)],
    indirect=["browser_page"],
)
def test_the_mail_breaks_its_row_after_five_on_a_phone_only(browser_page: Page, rows: int) -> None:
    browser_page.set_content(RENDERINGS["invitation"])
    top = "links => links.map(link => link.getBoundingClientRect().top)"
    tops = browser_page.locator("a.box").evaluate_all(top)
    assert len(set(tops)) == rows
    assert len(set(tops[:6])) == 1


def test_the_style_applies_and_the_form_posts_under_the_policy(browser_page: Page) -> None:
    sent: list[str | None] = []

    def answer(route: Route) -> None:
        if route.request.url.endswith("/evidence"):
            route.fulfill(status=204)
            return
        sent.append(route.request.post_data)
        route.fulfill(
            body=page("answer"),
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": render.content_security_policy(script=True)},
        )

    complaints: list[str] = []
    browser_page.on("console", lambda message: complaints.append(message.text))
    browser_page.route("https://heed.example.com/**", answer)
    browser_page.goto("https://heed.example.com/r/token/9")
    expect(browser_page.get_by_role("button", name="Send")).to_have_css("min-height", "48px")
    browser_page.get_by_label("What went well?").fill("All & more")
    browser_page.get_by_role("button", name="Send").click()
    expect(browser_page.get_by_label("What went well?")).to_be_empty()
    first, form = sent
    assert first is None
    assert form
    fields = parse_qs(form, keep_blank_values=True)
    assert json.loads(fields.pop("gesture")[0])["trusted"] is True
    assert int(fields.pop("open_ms")[0]) > 0
    assert fields == {
        "score": ["9"],
        "comment": ["All & more"],
        "nonce": ["nonce-1"],
        "trusted": ["1"],
        "act": ["send"],
    }
    assert complaints == []


def test_a_touch_chooses_and_nothing_is_sent_by_it(browser_page: Page) -> None:
    browser_page.set_content(RENDERINGS["answer"])
    browser_page.get_by_role("radio", name="4", exact=True).click()
    expect(browser_page.get_by_role("radio", name="4", exact=True)).to_be_checked()
    expect(browser_page.get_by_role("radio", checked=True)).to_have_count(1)
    expect(browser_page.get_by_role("heading", level=1)).to_have_text("You chose 9")


def test_the_ends_of_the_scale_are_read_out_with_their_meaning(browser_page: Page) -> None:
    browser_page.set_content(RENDERINGS["answer"])
    group = browser_page.get_by_role("group", name=CONTEXTS["answer"]["question"])
    expect(group.get_by_role("radio")).to_have_count(11)
    expect(group.get_by_role("radio", name="0 , not likely at all")).to_be_visible()
    expect(group.get_by_role("radio", name="10 , extremely likely")).to_be_visible()


def test_an_error_takes_the_focus_to_its_field(browser_page: Page) -> None:
    browser_page.set_content(RENDERINGS["error"])
    expect(browser_page.get_by_label("What went well?")).to_be_focused()


def test_the_chosen_number_shows_by_more_than_colour(browser_page: Page) -> None:
    browser_page.set_content(RENDERINGS["answer"])
    mark = "box => getComputedStyle(box, '::after').content"
    marks = browser_page.locator(".box").evaluate_all(f"boxes => boxes.map({mark})")
    assert [number for number, mark in enumerate(marks) if mark != "none"] == [9]


@pytest.mark.parametrize("told", [{"Heed-Recorded": "yes"}, {}])
def test_a_counted_tap_shows_that_it_is_counted_and_moves_nothing(
    browser_page: Page, told: dict[str, str]
) -> None:
    def answer(route: Route) -> None:
        if route.request.url.endswith("/evidence"):
            route.fulfill(status=204, headers=told)
            return
        policy = {"Content-Security-Policy": render.content_security_policy(script=True)}
        route.fulfill(body=RENDERINGS["answer"], content_type="text/html", headers=policy)

    browser_page.route("https://heed.example.com/**", answer)
    with browser_page.expect_response("**/evidence"):
        browser_page.goto("https://heed.example.com/r/token/9")
    status = browser_page.get_by_role("status").first
    expect(status).to_contain_text("Your 9 is recorded." if told else "You chose 9")
    expect(browser_page.get_by_text("reads every answer.")).to_be_visible(visible=bool(told))
    button = "Save changes" if told else "Send"
    expect(browser_page.get_by_role("button", name=button, exact=True)).to_be_visible()
    expect(browser_page).to_have_title(f"{'Recorded' if told else 'You chose 9'} - IT Help Desk")
    top = "field => field.getBoundingClientRect().top"
    shown = browser_page.get_by_label("What went well?").evaluate(top)
    browser_page.set_content(RENDERINGS["answer"])
    assert browser_page.get_by_label("What went well?").evaluate(top) == shown


# Not the one that only says what Enter in a field does.
MAIN = """() => [...document.querySelectorAll('button:not([aria-hidden])')].filter(button =>
  button.checkVisibility({visibilityProperty: true})
  && getComputedStyle(button).backgroundColor !== 'rgba(0, 0, 0, 0)').map(one => one.innerText)"""


def test_no_page_has_two_main_buttons(browser_page: Page) -> None:
    found = {}
    for name, html in every_page():
        browser_page.set_content(html)
        found[name] = browser_page.evaluate(MAIN)
    assert {name: buttons for name, buttons in found.items() if len(buttons) > 1} == {}
    assert (found["held"], found["keep"]) == (["Keep my 9"], ["Keep my 9"])
    assert found["task"] == ["Take it"]
    assert found["own task"] == ["Close it"]


def test_send_is_the_main_button_when_another_answer_is_chosen(browser_page: Page) -> None:
    browser_page.set_content(page("answer", keep=True))
    browser_page.get_by_role("radio", name="4", exact=True).click()
    assert browser_page.evaluate(MAIN) == ["Send"]
