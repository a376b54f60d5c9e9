"""Where a template names a resource."""

import re
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]


def references(node: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Each place, and the logical id that it names, also in the text of a Fn::Sub."""
    parts = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in parts:
        named = _named(key, value)
        yield from ((path, name) for name in named)
        if isinstance(value, dict | list) and not (named and key != "Fn::Sub"):
            yield from references(value, (*path, key))


def _named(key: str | int, value: Any) -> list[str]:
    match key, value:
        case ("Ref" | "DependsOn", str()):
            return [value]
        case ("Fn::GetAtt", str()):
            return [value.partition(".")[0]]
        case ("Fn::GetAtt", list()):
            return [value[0]]
        case ("Fn::Sub", str()) | ("Fn::Sub", [str(), _]):
            text = value if isinstance(value, str) else value[0]
            return re.findall(r"\$\{(\w+)[.}]", text)
    return []
