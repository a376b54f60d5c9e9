"""What a test reads of a page of set-up."""

import re
from html import unescape
from typing import Any

from tests.support.members import Browser


def fields_in(page: Any, form: str = "form") -> dict[str, list[str]]:
    """What the form with this id would send as it stands, without its buttons."""
    html = page.body.decode()
    (found,) = re.findall(rf'<form [^>]*id="{re.escape(form)}"[^>]*>.*?</form>', html, re.DOTALL)
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", found):
        kind = _attribute(tag, "type")
        if kind in ("checkbox", "radio") and not re.search(r"\schecked\b", tag):
            continue
        if name := _attribute(tag, "name"):
            sent.setdefault(name, []).append(_attribute(tag, "value"))
    for name, inner in re.findall(
        r'<textarea [^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', found, re.S
    ):
        sent[name] = [unescape(inner)]
    for name, inner in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', found, re.S):
        chosen = re.findall(r'<option value="([^"]*)" selected', inner)
        sent[name] = [unescape((chosen or re.findall(r'<option value="([^"]*)"', inner))[0])]
    return sent


def send(browser: Browser, page: Any, path: str, form: str = "form", **changed: object) -> Any:
    """Sends the form as it stands, with what somebody `changed`."""
    return browser.post(path, {**fields_in(page, form), **changed})


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""
