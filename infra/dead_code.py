"""Finds code that nothing uses, by vulture. [tool.vulture] in pyproject.toml says where it looks
and what it lets pass. Three uses it cannot see, so they are named here: a view, which a string of
app.py names, what a template reads, and a field of a schema, which a client reads in the JSON."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from vulture.core import Item, Vulture

from infra.paths import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["vulture"]
DOTTED = re.compile(r"(?:\w+\.)+(\w+)")
READ = re.compile(r"\w\.(\w+)")


def find_dead_code(root: Path, allowed: list[str]) -> list[Item]:
    found = Vulture(ignore_names=allowed, ignore_decorators=SETTINGS["ignore_decorators"])
    found.scavenge([root / path for path in SETTINGS["paths"]])
    found.used_names.update(_names_in_strings(root / "app.py"))
    for template in (root / "templates").rglob("*.html"):
        found.used_names.update(READ.findall(template.read_text()))
    unused: list[Item] = found.get_unused_code(SETTINGS["min_confidence"])
    return [item for item in unused if item.name not in _schema_fields(item.filename)]


def _names_in_strings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            named = DOTTED.fullmatch(node.value)
            yield from named.groups() if named else ()


def _schema_fields(path: Path) -> set[str]:
    """Not those of a struct or a dataclass: code must read them."""
    return {
        part.target.id
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and not _is_value(node)
        for part in node.body
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
    }


def _is_value(node: ast.ClassDef) -> bool:
    said = [*map(ast.unparse, node.decorator_list), *map(ast.unparse, node.bases)]
    return any(word in part for part in said for word in ("dataclass", "Struct", "Discreet"))


def main() -> None:
    dead = find_dead_code(ROOT, SETTINGS["ignore_names"])
    for item in dead:
        print(item.get_report())
    sys.exit(bool(dead))


if __name__ == "__main__":
    main()
