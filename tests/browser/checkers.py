"""What checks a page by itself: axe in the browser, and the Nu HTML checker."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

PROGRAMS = Path(__file__).parent / "node_modules"
AXE = PROGRAMS / "axe-core/axe.min.js"
NU = PROGRAMS / "vnu-jar/build/dist/vnu.jar"
ALL: Final = (
    "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"  # of axe's tags
)
# A dark page differs from a light one by its colours alone.
COLOURS: Final = "{type: 'rule', values: ['color-contrast', 'link-in-text-block']}"
WIDTHS: Final = (320, 1280)  # a phone, also a desktop at 400 %; and a desktop


def violations(page: Page, rules: str = ALL) -> list[tuple[str, list[str]]]:
    """Rules of axe that the page as it stands breaks, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    asked = f"axe.run({{runOnly: {rules}, resultTypes: ['violations']}})"
    found = page.evaluate(asked)["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


def violations_on_screens(page: Page) -> list[tuple[object, ...]]:
    """On a phone and on a desktop, by day and by night; and what scrolls sideways."""
    found = list[tuple[object, ...]]()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, rules in (("light", ALL), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found += [(width, scheme, *one) for one in violations(page, rules)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((width, "scrolls sideways"))
    return found


def faults_of_html(pages: Mapping[str, str], folder: Path) -> set[tuple[str, str]]:
    """Names of pages and what the Nu checker says of them, but for what is only information.
    `folder` is empty."""
    names = list(pages)
    for number, name in enumerate(names):
        (folder / f"{number}.html").write_text(pages[name], encoding="utf-8")
    checked = subprocess.run(
        ["java", "-jar", NU, "--format", "json", "--exit-zero-always", folder],
        capture_output=True,
        text=True,
        check=True,
    )
    return {
        (names[int(Path(one["url"]).stem)], one["message"])
        for one in json.loads(checked.stderr)["messages"]
        if one["type"] != "info" or one.get("subType") == "warning"
    }
