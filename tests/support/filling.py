"""The form of a page, filled in as a browser without script does it, or as nobody should."""

import json
import re
from html import unescape
from typing import Any

OFF_THE_SCALE = ["11", "-1", "9.0", "9 ", " 9", "+9", "09", "true", "null", "NaN", "1e1", "٩", ""]
DESKTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/154.0.0.0"
BROWSER = {"User-Agent": DESKTOP}
MOUSE = {"type": "pointermove", "n": 5, "trusted": True, "displaced_px": 120}
# What the page's script writes into the form when a person presses its button.
PRESSED = {"trusted": "1", "gesture": json.dumps(MOUSE)}
# What a page in a desktop browser reports of itself.
SEEN = {
    "nav_type": "navigate",
    "painted": True,
    "visibility": "visible",
    "prerendered": False,
    "webdriver": False,
    "touch": False,
    "engine_ok": True,
    "vis_ms": 50,
}
UNREADABLE_FORMS = [  # with the status that says so
    (b"", 400),
    (b"score=9&score=0", 400),
    (b"score=9&comment=%ED%A0%80", 400),  # a lone surrogate
    (b"\xff\xfe", 400),
    (b"score=9&" + b"a=1&" * 50, 400),
    (b"score=9&comment=" + b"x" * 1_000_000, 413),
    (b'{"score": 9}', 400),
]


def filled_in(page: Any, score: object, comment: str = "") -> dict[str, object]:
    html = page.body.decode()
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html)
    kept = {name: unescape(value) for name, value in hidden}
    return {**kept, "score": score, "comment": comment, "act": "send"}


def action_of(page: Any) -> str:
    (action,) = re.findall(r'<form method="post" action="([^"]*)"', page.body.decode())
    return str(action).replace("&amp;", "&")
