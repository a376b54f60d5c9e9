"""Every page and mail, rendered; and the templates as the zip holds them."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import pytest

from chalicelib import render
from tests.support.renderings import SCRIPT, every_page, every_rendering, heading, page, title

ROOT = Path(__file__).parents[3]
SMALL = 30_000
# Where a page names none, browsers ask for /favicon.ico.
EMPTY_ICON = [("rel", "icon"), ("href", "data:,")]


class Loads(HTMLParser):
    """Collects what a browser would fetch or run on its own."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if attrs == EMPTY_ICON:
            return
        if tag in {"img", "iframe", "link", "object", "embed", "video", "audio"}:
            self.found.append(tag)
        self.found += [
            name for name, _ in attrs if name in {"src", "srcset", "background", "poster"}
        ]
        self.found += [name for name, _ in attrs if name.startswith("on")]
        self.scripts += tag == "script"


RENDERINGS = dict(every_rendering())


@pytest.mark.parametrize("name", RENDERINGS)
def test_a_rendering_is_small_and_names_its_language_title_and_one_heading(name: str) -> None:
    html = RENDERINGS[name]
    assert len(html.encode()) < SMALL
    assert re.search('<html lang="(en" dir="ltr|ar" dir="rtl)"', html)
    assert title(html).strip()
    assert heading(html)


@pytest.mark.parametrize("name", RENDERINGS)
def test_a_rendering_loads_nothing_and_runs_at_most_our_own_script(name: str) -> None:
    page = Loads(RENDERINGS[name])
    assert page.found == []
    assert page.scripts == RENDERINGS[name].count(SCRIPT)
    assert "url(" not in RENDERINGS[name]
    assert "@import" not in RENDERINGS[name]


@pytest.mark.parametrize("name", dict(every_page()))
def test_a_page_names_its_icon_and_none_is_asked_for(name: str) -> None:
    head = RENDERINGS[name].partition("<body>")[0]
    assert re.findall("<link[^>]*>", head) == ['<link rel="icon" href="data:,">']


def test_a_right_to_left_language_turns_the_page() -> None:
    assert '<html lang="ar" dir="rtl">' in page("gone", lang="ar-EG")


def test_a_forgotten_value_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(jinja2.UndefinedError):
        render.page("unsubscribe", lang="en", survey_name="IT Help Desk")


def test_a_closed_survey_tells_how_to_reach_the_sender() -> None:
    assert 'href="mailto:feedback@acme.example"' in page("closed")


def test_the_promise_lists_what_is_kept() -> None:
    html = page("promise")
    assert "<bdi>Acme IT</bdi> sees your name with your answer." in html
    assert "deleted within 35 days" in html


class TestPrecompiled:
    @pytest.fixture
    def moved(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Compiled in one folder, used in another, as in the Lambda zip."""
        built = tmp_path / "built/templates"
        shutil.copytree(ROOT / "templates", built)
        render.precompile(built)
        unpacked = tmp_path / "unpacked"
        (tmp_path / "built").rename(unpacked)
        monkeypatch.setattr(render, "TEMPLATES", unpacked / "templates")
        return unpacked / "templates"

    def test_a_moved_copy_compiles_nothing(
        self, moved: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> None:
            pytest.fail("a template was compiled again")

        expected = dict(RENDERINGS)
        monkeypatch.setattr(jinja2.Environment, "compile", refuse)
        assert dict(every_rendering()) == expected

    def test_a_template_that_changed_is_compiled_and_nothing_is_written(self, moved: Path) -> None:
        before = {file: file.read_bytes() for file in (moved / ".bytecode").iterdir()}
        (moved / "pages/gone.html").write_text("changed", encoding="utf-8")
        assert render.page("gone", lang="en") == "changed"
        assert {file: file.read_bytes() for file in (moved / ".bytecode").iterdir()} == before

    def test_the_compiled_templates_do_not_tell_where_they_were_built(self, moved: Path) -> None:
        for file in (moved / ".bytecode").iterdir():
            assert str(moved.parents[1]).encode() not in file.read_bytes()
