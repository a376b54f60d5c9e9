"""WCAG 2.2 AA on every page in every state: axe, the Nu HTML checker, and what no checker
sees. No stack is needed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from chalicelib import render
from chalicelib.brands.brand import PLAIN
from chalicelib.surveys.scale import Scale
from tests.browser.checkers import faults_of_html, violations_on_screens
from tests.support.renderings import every_page, looks_of, on_scale, page

ADDRESS = "https://heed.example.com/r/token/9"
LARGEST = 30_000
PAGES = dict(every_page())
FOCUS_RING = """() => {
  const focused = document.activeElement.matches('.point input')
    ? document.activeElement.nextElementSibling : document.activeElement;
  const style = getComputedStyle(focused);
  return [style.outlineStyle, parseFloat(style.outlineWidth)];
}"""


class Server:
    """Serves one page at a time under its policy, and notes what is asked of it."""

    def __init__(self, context: BrowserContext) -> None:
        self.html = ""
        self.script = True
        self.brand = PLAIN
        self.asked: list[str] = []
        self.forms: list[str] = []
        context.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        self.asked.append(route.request.url)
        if route.request.url.endswith("/evidence"):
            route.fulfill(status=204)
            return
        if route.request.method == "POST":
            self.forms.append(route.request.post_data or "")
        policy = render.content_security_policy(script=self.script, brand=self.brand)
        route.fulfill(
            body=self.html,
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": policy},
        )


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def server(context: BrowserContext) -> Server:
    return Server(context)


def opened(context: BrowserContext, server: Server, html: str) -> Page:
    server.html = html
    shown = context.new_page()
    shown.goto(ADDRESS)
    return shown


def test_axe_finds_nothing_and_nothing_scrolls_sideways_on_any_page(
    context: BrowserContext, server: Server
) -> None:
    shown, found = context.new_page(), {}
    for name, server.html in PAGES.items():
        shown.goto(ADDRESS)
        found[name] = violations_on_screens(shown)
    assert {name: one for name, one in found.items() if one} == {}


def test_the_nu_checker_finds_no_error_on_any_page(tmp_path: Path) -> None:
    assert faults_of_html(PAGES, tmp_path) == set()


@pytest.mark.parametrize("scale", Scale)
def test_every_target_has_44_pixels(context: BrowserContext, server: Server, scale: Scale) -> None:
    for look in looks_of(scale):
        shown = opened(context, server, on_scale(scale, look, keep=True))
        for target in shown.locator(".point, button:visible, .tick, a").all():
            box = target.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 44, target.inner_text()


@pytest.mark.parametrize("scale", Scale)
def test_the_keyboard_alone_chooses_and_sends(
    context: BrowserContext, server: Server, scale: Scale
) -> None:
    shown = opened(context, server, on_scale(scale))
    chosen = shown.get_by_role("radio", checked=True)
    before = chosen.input_value()
    shown.keyboard.press("Tab")
    expect(chosen).to_be_focused()
    assert_focus_shows(shown)
    shown.keyboard.press("ArrowLeft")
    expect(chosen).to_have_value(str(int(before) - 1))
    # An arrow key only moves: nothing is sent before Send is pressed.
    assert server.forms == []
    for role in ("textbox", "checkbox", "button"):
        shown.keyboard.press("Tab")
        expect(shown.locator(":focus")).to_have_count(1)
        assert_focus_shows(shown)
        if role == "checkbox":
            shown.keyboard.press("Space")
    with shown.expect_navigation():
        shown.keyboard.press("Enter")
    (form,) = server.forms
    assert f"score={int(before) - 1}&" in form
    assert "&contact=yes&" in form
    assert "trusted=1" in form


def assert_focus_shows(shown: Page) -> None:
    style, width = shown.evaluate(FOCUS_RING)
    assert style == "solid"
    assert width >= 2


def test_the_points_are_one_group_that_the_question_names(
    context: BrowserContext, server: Server
) -> None:
    shown = opened(context, server, on_scale("csat", "smileys"))
    group = shown.get_by_role("group")
    expect(group).to_have_accessible_name(shown.locator("legend").inner_text())
    expect(group.get_by_role("radio", name="Very satisfied", exact=True)).to_be_checked()


@pytest.mark.parametrize("look", ["numbers", "smileys"])
def test_forced_colours_keep_the_chosen_point_apart(browser: Browser, look: str) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 320, "height": 640})
    shown = opened(context, Server(context), on_scale("csat", look))
    colour = "boxes => boxes.map(box => getComputedStyle(box).backgroundColor)"
    colours = shown.locator(".box").evaluate_all(colour)
    assert len(set(colours[:-1])) == 1
    assert colours[-1] != colours[0]
    context.close()


def test_nothing_moves_for_who_wants_no_motion(browser: Browser) -> None:
    context = browser.new_context(reduced_motion="reduce")
    shown = opened(context, Server(context), page("answer"))
    expect(shown.locator("button[value=send]")).to_have_css("transition-duration", "0s")
    expect(shown.locator(".box").first).to_have_css("transition-duration", "0s")
    context.close()


def test_a_page_is_small_and_asks_nobody_else(context: BrowserContext, server: Server) -> None:
    for html in PAGES.values():
        assert len(html.encode()) < LARGEST
    shown = opened(context, server, page("answer"))
    shown.wait_for_timeout(300)
    assert {one.split("/")[2] for one in server.asked} == {"heed.example.com"}


def test_without_its_script_the_page_does_everything(
    context: BrowserContext, server: Server
) -> None:
    server.script = False  # the policy blocks it, as a proxy would
    shown = opened(context, server, page("answer"))
    shown.get_by_role("radio", name="4", exact=True).click()
    shown.get_by_role("textbox").fill("Slow")
    with shown.expect_navigation():
        shown.get_by_role("button", name="Send").click()
    assert server.forms == [
        "score=4&comment=Slow&nonce=nonce-1&trusted=&gesture=&open_ms=&act=send"
    ]


class TestKeep:
    def test_comes_after_four_seconds_without_an_input(
        self, context: BrowserContext, server: Server
    ) -> None:
        shown = opened(context, server, page("answer"))
        keep = shown.get_by_role("button", name="Keep my 9")
        expect(keep).to_be_hidden()
        expect(keep).to_be_visible(timeout=6_000)
        said = shown.get_by_role("status").filter(has_text="Please press once")
        expect(said).to_be_visible()

    def test_does_not_come_when_a_key_was_pressed(
        self, context: BrowserContext, server: Server
    ) -> None:
        shown = opened(context, server, page("answer"))
        shown.wait_for_timeout(200)
        shown.keyboard.press("Tab")
        shown.wait_for_timeout(4_500)
        expect(shown.get_by_role("button", name="Keep my 9")).to_be_hidden()

    def test_goes_when_another_answer_is_chosen(
        self, context: BrowserContext, server: Server
    ) -> None:
        shown = opened(context, server, page("answer", keep=True))
        keep = shown.get_by_role("button", name="Keep my 9")
        expect(keep).to_be_visible()
        shown.get_by_role("radio", name="4", exact=True).click()
        expect(keep).to_be_hidden()

    def test_comes_at_once_when_nothing_can_be_reported(
        self, context: BrowserContext, server: Server
    ) -> None:
        context.route("**/evidence", lambda route: route.abort())
        shown = opened(context, server, page("answer"))
        expect(shown.get_by_role("button", name="Keep my 9")).to_be_visible(timeout=2_000)


def test_the_score_leaves_the_address_and_a_reload_reports_nothing(
    context: BrowserContext, server: Server
) -> None:
    shown = opened(context, server, page("answer"))
    expect(shown).to_have_url("https://heed.example.com/r/token")
    shown.wait_for_timeout(300)
    assert sum(one.endswith("/r/token/evidence") for one in server.asked) == 1
    shown.reload()
    shown.wait_for_timeout(300)
    assert sum(one.endswith("/evidence") for one in server.asked) == 1


def test_a_report_that_failed_comes_again_with_the_network(
    context: BrowserContext, server: Server
) -> None:
    sent: list[str] = []
    context.route("**/evidence", lambda route: (sent.append("lost"), route.abort()))
    shown = opened(context, server, page("answer"))
    expect(shown.get_by_role("button", name="Keep my 9")).to_be_visible()
    context.unroute("**/evidence")
    shown.evaluate("dispatchEvent(new Event('online'))")
    shown.wait_for_timeout(300)
    assert len(sent) == 1
    assert sum(one.endswith("/evidence") for one in server.asked) == 1
