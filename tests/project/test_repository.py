"""What the pages of the repository name exists, and the version is told once."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = (".chalice", ".ci", "chalicelib", "docs", "infra", "templates", "tests")
FOUND = [*ROOT.glob("*"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))]
PLACES = [
    f"/{path.relative_to(ROOT)}{'/' if path.is_dir() else ''}"
    for path in FOUND
    if "node_modules" not in path.parts
]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
LINK = re.compile(r"\]\((?!https?://)([^)#]*)(?:#([^)]+))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
ENDINGS = r"\.(?:css|html|js|json|md|po|pot|py|sh|toml|txt|ya?ml)"
NAMED = re.compile(rf"`([\w.-][\w./-]*(?:{ENDINGS}|/))`")
# What a build or a running stack makes, and a folder that a decision did not take.
NOT_HERE = {
    ".local/stack.json",
    ".local/log/",
    ".local/package/",
    "about.json",
    "sbom.cdx.json",
    "heed.yaml",
    "vendor/",
    "vendor/templates/",
    "chalicelib/templates/",
    # The example of CONTRIBUTING's "Add a help desk".
    "chalicelib/helpdesks/sources/plaindesk.py",
    "tests/data/inbound/plaindesk_closed.json",
}


def anchors_of(page: Path) -> set[str]:
    """The anchors that a repository host gives to the headings of a page."""
    headings = [heading.lower().replace("`", "") for heading in HEADING.findall(page.read_text())]
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file_and_its_heading(page: Path) -> None:
    for name, anchor in LINK.findall(page.read_text()):
        target = page.parent / name if name else page
        assert target.exists(), name
        assert not anchor or anchor in anchors_of(target), f"{name}#{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_and_folder_that_a_page_names_exists(page: Path) -> None:
    """A page may leave out the first folders of a path."""
    named = set(NAMED.findall(page.read_text())) - NOT_HERE
    assert {
        name for name in named if not any(place.endswith(f"/{name}") for place in PLACES)
    } == set()


def test_the_newest_release_of_the_changelog_is_the_project_s_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    releases = re.findall(r"^## \[(\d[^]]*)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert releases[0] == project["version"]
