import base64
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jinja2
import pytest

from chalicelib import render

ROOT = Path(__file__).parents[2]
CONTEXTS: dict[str, dict[str, Any]] = json.loads(
    (ROOT / "tests/browser/contexts.json").read_text(encoding="utf-8")
)
MAILS = ("invitation", "follow_up")
PAGES = ("answer", "gone", "trouble", "unsubscribe")
HOSTILE = "\u202e\"'><script>alert(1)</script>\r\nBcc: eve@example.com"
SMALL = 30_000


def mail(name: str, **changes: object) -> render.Mail:
    return render.mail(name, **CONTEXTS[name] | changes)


def page(name: str, **changes: object) -> str:
    return render.page(name, **CONTEXTS[name] | changes)


def heading(html: str) -> str:
    (found,) = re.findall(r"<h1[^>]*>(.*?)</h1>", html)
    return str(found)


def title(html: str) -> str:
    (found,) = re.findall(r"<title>(.*?)</title>", html, re.DOTALL)
    return str(found)


class Loads(HTMLParser):
    """Collects what a browser would fetch or run on its own."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "img", "iframe", "link", "object", "embed", "video", "audio"}:
            self.found.append(tag)
        self.found += [
            name for name, _ in attrs if name in {"src", "srcset", "background", "poster"}
        ]
        self.found += [name for name, _ in attrs if name.startswith("on")]


def every_rendering() -> Iterator[tuple[str, str]]:
    for name in MAILS:
        yield name, mail(name).html
    for name in PAGES:
        yield name, page(name)
    for error in ("score", "comment_too_long", "unreadable", "unavailable"):
        yield error, page("answer", error=error)
    yield "recorded", page("answer", recorded=True)
    yield "unchosen", page("answer", score=None)
    yield "unsubscribed", page("unsubscribe", done=True)


RENDERINGS = dict(every_rendering())


@pytest.mark.parametrize("name", RENDERINGS)
def test_a_rendering_is_small_and_names_its_language_title_and_one_heading(name: str) -> None:
    html = RENDERINGS[name]
    assert len(html.encode()) < SMALL
    assert '<html lang="en" dir="ltr"' in html
    assert title(html).strip()
    assert heading(html)


@pytest.mark.parametrize("name", RENDERINGS)
def test_a_rendering_loads_and_runs_nothing(name: str) -> None:
    assert Loads(RENDERINGS[name]).found == []
    assert "url(" not in RENDERINGS[name]
    assert "@import" not in RENDERINGS[name]


def test_a_right_to_left_language_turns_the_page() -> None:
    assert '<html lang="ar-EG" dir="rtl">' in page("gone", lang="ar-EG")


def test_a_forgotten_value_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(jinja2.UndefinedError):
        render.page("unsubscribe", lang="en", survey_name="IT Help Desk")


class TestInvitation:
    def test_each_of_the_eleven_links_stands_once_in_each_part(self) -> None:
        invitation = mail("invitation")
        for score, url in CONTEXTS["invitation"]["links"]:
            assert invitation.html.count(f'href="{url}"') == 1
            assert re.findall(rf"^{re.escape(url)}$", invitation.text, re.MULTILINE) == [url]
            assert f'aria-label="{score} out of 10"' in invitation.html

    def test_the_subject_names_the_ticket(self) -> None:
        assert mail("invitation").subject == (
            "How did we do? Laptop does not wake up after lunch (#48213)"
        )

    def test_the_subject_does_without_a_ticket(self) -> None:
        no_ticket = mail("invitation", ticket_id=None, ticket_subject=None, person_name=None)
        assert no_ticket.subject == "How did we do? IT Help Desk"
        assert "is about" not in no_ticket.text + no_ticket.html
        assert "Hello" not in no_ticket.text + no_ticket.html

    def test_a_long_ticket_subject_leaves_room_for_the_ticket(self) -> None:
        subject = mail("invitation", ticket_subject="again and " * 60).subject
        assert len(subject) < 140
        assert subject.endswith("... (#48213)")

    def test_both_parts_carry_the_promise_and_the_way_out(self) -> None:
        invitation = mail("invitation")
        for part in (invitation.text, invitation.html):
            assert CONTEXTS["invitation"]["promise"] in part
            assert CONTEXTS["invitation"]["unsubscribe_url"] in part

    def test_every_table_is_layout_only(self) -> None:
        for name in MAILS:
            assert "<table" not in mail(name).html.replace('<table role="presentation"', "")


class TestFollowUp:
    def test_it_quotes_the_comment_line_by_line(self) -> None:
        follow_up = mail("follow_up")
        assert "> Nobody told me why.\n> It still happens.\n" in follow_up.text
        assert "Nobody told me why.<br>It still happens." in follow_up.html

    def test_it_quotes_nothing_where_nothing_was_said(self) -> None:
        silent = mail("follow_up", comment=None)
        assert "\n>" not in silent.text
        assert 'class="quote"' not in silent.html

    def test_it_names_the_ticket_in_the_subject(self) -> None:
        assert mail("follow_up").subject == (
            "Thank you for your answer: Laptop does not wake up after lunch (#48213)"
        )


class TestOtherPeoplesWords:
    @pytest.mark.parametrize("name", MAILS)
    @pytest.mark.parametrize("field", ["person_name", "ticket_subject", "ticket_id", "survey_name"])
    def test_in_a_mail_are_escaped_and_stay_on_their_line(self, name: str, field: str) -> None:
        hostile = mail(name, **{field: HOSTILE})
        assert "<script" not in hostile.html
        assert "\n" not in hostile.subject
        assert "\r" not in hostile.subject
        assert "\u202e" not in hostile.subject
        assert not re.search("^Bcc:", hostile.text, re.MULTILINE)

    def test_a_subject_of_line_ends_alone_is_still_one_line(self) -> None:
        assert render.one_line("\r\n a\u2028b\x00c\u2067d \n") == "a b c d"

    def test_letters_that_need_joiners_keep_them(self) -> None:
        assert render.one_line("\u0646\u200c\u0627 \U0001f469\u200d\U0001f4bb") == (
            "\u0646\u200c\u0627 \U0001f469\u200d\U0001f4bb"
        )

    @pytest.mark.parametrize("field", ["comment", "survey_name", "team", "question", "op"])
    def test_on_the_page_are_escaped(self, field: str) -> None:
        html = page("answer", **{field: HOSTILE})
        assert "<script" not in html
        assert "&lt;script&gt;" in html

    def test_a_comment_keeps_its_first_empty_line(self) -> None:
        # A parser drops one line end behind <textarea>, so the template brings one of its own.
        assert ">\n\nfirst</textarea>" in page("answer", comment="\nfirst")


class TestAnswer:
    def test_a_chosen_score_is_not_yet_called_recorded(self) -> None:
        html = page("answer")
        assert heading(html) == "You chose 9. Press Send to record it."
        assert title(html) == "You chose 9 - IT Help Desk"
        assert html.count(" checked") == 1
        assert 'value="9" checked' in html
        assert "recorded" not in html.lower()

    def test_a_recorded_score_is_thanked_for(self) -> None:
        html = page("answer", recorded=True, comment="Quick.")
        assert heading(html) == "Thank you. Your 9 is recorded."
        assert 'role="status"' in html
        assert "Quick.</textarea>" in html
        assert "Save changes</button>" in html

    def test_without_a_score_nothing_is_chosen(self) -> None:
        html = page("answer", score=None)
        assert heading(html) == "How did we do?"
        assert " checked" not in html

    @pytest.mark.parametrize(
        ("score", "asked"),
        [
            (None, "Anything else we could do?"),
            (0, "What should we have done?"),
            (6, "What should we have done?"),
            (7, "What would have made it better?"),
            (8, "What would have made it better?"),
            (9, "What went well?"),
            (10, "What went well?"),
        ],
    )
    def test_the_open_question_fits_the_band(self, score: int | None, asked: str) -> None:
        assert f'<label for="comment">{asked} ' in page("answer", score=score)

    @pytest.mark.parametrize("error", ["score", "comment_too_long", "unreadable", "unavailable"])
    @pytest.mark.parametrize("recorded", [True, False])
    def test_an_error_is_said_once_and_keeps_what_was_written(
        self, error: str, recorded: bool
    ) -> None:
        html = page("answer", error=error, recorded=recorded, comment="Kept words")
        assert html.count('role="alert"') == 1
        assert "Kept words</textarea>" in html
        assert 'value="9" checked' in html
        assert heading(html).endswith("is not saved yet.")
        assert 'role="status"' not in html

    @pytest.mark.parametrize("described", ["score", "comment_too_long"])
    def test_an_error_of_a_field_is_tied_to_it(self, described: str) -> None:
        html = page("answer", error=described)
        (target,) = re.findall(r'aria-describedby="([^"]+)"', html)
        assert f'role="alert" id="{target}"' in html


def test_the_policy_allows_exactly_the_style_of_every_page() -> None:
    for name in PAGES:
        (style,) = re.findall(r"<style>(.*?)</style>", page(name), re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}';" in render.content_security_policy()
        assert "style=" not in page(name)


def test_the_policy_allows_nothing_else() -> None:
    policy = re.sub(r"'sha256-[^']+'", "HASH", render.content_security_policy())
    assert policy == (
        "default-src 'none'; style-src HASH; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


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


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_and_borders_stand_out_in_both_schemes(scheme: int) -> None:
    style = (ROOT / "templates/pages/_style.css").read_text(encoding="utf-8")
    rules = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    colour = dict(re.findall(r"--([\w-]+): (#\w{6});", rules[scheme]))
    for text, ground in [
        ("ink", "card"),
        ("ink", "box"),
        ("ink", "wash"),
        ("quiet", "card"),
        ("accent", "card"),
        ("on-accent", "accent"),
        ("on-accent", "pressed"),
        ("alert", "alert-wash"),
    ]:
        assert contrast(colour[text], colour[ground]) >= 4.5, (text, ground)
    for line, ground in [("line", "card"), ("line", "box"), ("accent", "box"), ("alert", "card")]:
        assert contrast(colour[line], colour[ground]) >= 3, (line, ground)
