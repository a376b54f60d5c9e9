"""Where a field stands in what a help desk sends.

| Path | Means |
|---|---|
| `a.b` | a key in the body, below the root of the shape |
| `^a.b` | from the top of the body, although the shape has a root |
| `h:x-name` | a header |
| `a[0].b`, `a[k=v].b` | an element of a list: by its place, or the first with that value |
| `a[*]` | all elements: their `name`, or themselves |
| `a[*].b` | `b` of each element |
| `a|b` | the first of them that is there |
| `("a", "b")` | both, with a space between them |

A function of the place stands for what no path can tell.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

Path = str | tuple[str, ...] | Callable[["Place"], Any]
STEP = re.compile(r"\[\*\]\.([^.\[\]]+)|([^.\[\]]+)|\[([^\]]+)\]")


class Place(Struct, frozen=True):
    """What is looked at. `top` is the whole body, `item` what lies below a root. The names of
    `headers` are in lower case."""

    item: Any
    top: Any
    headers: Mapping[str, str]

    def below(self, root: str) -> "Place":
        return replace(self, item=self.find(root)) if root else self

    def find(self, path: Path) -> Any:
        """None when nothing is there."""
        if callable(path):
            return path(self)
        if not path:
            return None
        if isinstance(path, tuple):
            return " ".join(filter(None, map(self.text, path))) or None
        found = (self._one(each) for each in path.split("|"))
        return next((value for value in found if value not in (None, "")), None)

    def text(self, path: Path) -> str:
        return text_of(self.find(path))

    def _one(self, path: str) -> Any:
        if path.startswith("h:"):
            return self.headers.get(path[2:])
        value = self.top if path.startswith("^") else self.item
        for of_each, key, chosen in STEP.findall(path.removeprefix("^")):
            if of_each:
                value = [_key(each, of_each) for each in value] if isinstance(value, list) else None
            else:
                value = _key(value, key) if key else _element(value, chosen)
        return value


def text_of(value: Any) -> str:
    """Of a text, a number, `true` or `false`; empty for anything else."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float) else ""


def _key(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def _element(value: Any, chosen: str) -> Any:
    if not isinstance(value, list):
        return None
    if chosen == "*":
        return [each.get("name") if isinstance(each, dict) else each for each in value]
    if chosen.isdigit():
        return value[int(chosen)] if int(chosen) < len(value) else None
    key, _, wanted = chosen.partition("=")
    return next((each for each in value if text_of(_key(each, key)) == wanted), None)
