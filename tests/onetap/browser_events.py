"""What a person, or a program that plays one, does to an open page."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page

from chalicelib.responses.judge.visit import NATURAL_MOVES

FRAME_MS = 25  # pointer steps that come faster are merged into one event
# How a hand moves a mouse: it hurries and wavers. Pixels to the right and down, milliseconds.
HAND = ((9, 3, 40), (22, 4, 55), (31, 14, 35), (24, 3, 60), (11, 9, 45), (6, -2, 50), (14, 8, 40))
FOCUS_A_FRAME = """() => {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  frame.contentWindow.focus();
}"""
UNTRUSTED = """([type, count]) => {
  for (let n = 0; n < count; n++) {
    const place = {bubbles: true, clientX: 9 * n, clientY: 9 * n, screenX: 9 * n, screenY: 9 * n};
    document.body.dispatchEvent(new PointerEvent(type, place));
  }
}"""
UNTRUSTED_TYPES = {"touch": "touchstart", "pointermove": "pointermove"}
FILL = """(form, [score, comment]) => {
  const point = form.querySelector(`[name=score][value="${score}"]`);
  if (point) point.checked = true;
  if (comment) form.elements.comment.value = comment;
}"""


def act_on(page: Page, step: dict[str, Any]) -> None:
    event, count = step["event"], step.get("count") or 1
    if step.get("trusted") is False:
        page.evaluate(UNTRUSTED, [UNTRUSTED_TYPES.get(event, event), count])
    else:
        ACTS[event](page, count)


def _move(page: Page, count: int) -> None:
    if count < NATURAL_MOVES:
        _drive(page, count)
    else:
        move_as_a_hand(page, count, page.clock.run_for)


def _drive(page: Page, count: int) -> None:
    for step in range(count + 1):
        page.mouse.move(300 + 90 * step, 200 + 60 * step)
        page.wait_for_timeout(FRAME_MS)


def move_as_a_hand(page: Page, count: int, pause: Callable[[int], None]) -> None:
    """At least so many moves that it is one. `pause` takes milliseconds."""
    x, y = 300, 200
    page.mouse.move(x, y)
    for step in range(max(count, len(HAND))):
        right, down, ms = HAND[step % len(HAND)]
        pause(ms)
        x, y = x + right, y + down
        page.mouse.move(x, y)


def _move_once_without_a_way(page: Page, count: int) -> None:
    for _ in range(count):
        page.mouse.move(300, 200)
        page.wait_for_timeout(FRAME_MS)


def _touch(page: Page, count: int) -> None:
    heading = page.locator("h1").bounding_box()
    assert heading
    for _ in range(count):
        page.touchscreen.tap(heading["x"] + 5, heading["y"] + 5)


def _turn_the_wheel(page: Page, count: int) -> None:
    for _ in range(count):
        page.mouse.wheel(0, 40)
        page.wait_for_timeout(FRAME_MS)


def _press_keys(page: Page, count: int) -> None:
    for _ in range(count):
        page.keyboard.press("Shift")


def _look_at_another_window(page: Page, count: int) -> None:
    """A trusted blur needs a second window, which headless Chromium does not have."""
    page.evaluate("document.hasFocus = () => false")
    page.evaluate(FOCUS_A_FRAME)


ACTS = {
    "pointermove": _move,
    "phantom_move": _move_once_without_a_way,
    "touch": _touch,
    "wheel": _turn_the_wheel,
    "keydown": _press_keys,
    "blur": _look_at_another_window,
    "iframe_focus": lambda page, count: page.evaluate(FOCUS_A_FRAME),
    "script_scroll": lambda page, count: page.evaluate("scrollTo(0, 40)"),
    "become_visible": lambda page, count: page.evaluate("becomeVisible()"),
    "activate_prerender": lambda page, count: page.evaluate("activatePrerender()"),
    # What the page is opened with says these already.
    "prerendering": lambda page, count: None,
    "loaded_hidden": lambda page, count: None,
}


def press(page: Page, step: dict[str, Any], by_touch: bool) -> None:
    """Fills the form in as the step says and presses its button."""
    button = page.locator("button[value=keep]:visible")
    if step["path_kind"] != "confirm" or button.count() == 0:
        button = page.locator("button[value=send]")
    if step.get("trusted") is False:
        page.locator("form").evaluate(FILL, [step["score"], step.get("comment")])
        button.evaluate("button => button.click()")
        return
    if (step.get("gesture") or {}).get("type") == "click":
        page.evaluate("byVoice = true")
    _choose(page.locator(f'input[name=score][value="{step["score"]}"]'), by_touch)
    _write(page, step)
    button.tap() if by_touch else button.click()


def _choose(point: Locator, by_touch: bool) -> None:
    if not point.is_checked():
        point.tap() if by_touch else point.click()


def _write(page: Page, step: dict[str, Any]) -> None:
    if not step.get("comment"):
        return
    page.locator("#comment").focus()
    if (step.get("gesture") or {}).get("type") == "keydown":
        page.keyboard.type(step["comment"])
    else:
        # As a phone's keyboard, voice or another program writes: no key is pressed.
        page.keyboard.insert_text(step["comment"])
