"""The form of a page, filled in as a browser without script does it."""

import re
from typing import Any


def filled_in(page: Any, score: object, comment: str = "") -> dict[str, object]:
    html = page.body.decode()
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html)
    return {**dict(hidden), "score": score, "comment": comment, "act": "send"}


def action_of(page: Any) -> str:
    (action,) = re.findall(r'<form method="post" action="([^"]*)"', page.body.decode())
    return str(action).replace("&amp;", "&")
