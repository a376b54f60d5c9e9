import base64
import gzip
import hashlib
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import pytest

from chalicelib import render
from chalicelib.surveys.scale import name_of
from tests.support.renderings import CONTEXTS, every_page, on_scale, page

ROOT = Path(__file__).parents[3]
MAILS = ("invitation", "follow_up")
PAGES = ("answer", "closed", "gone", "promise", "trouble", "unsubscribe")
HOSTILE = "\u202e\"'><script>alert(1)</script>\r\nBcc: eve@example.com"
SMALL = 30_000
SCRIPT = f"<script>{render._render('pages/answer.js', {})}</script>"


def mail(name: str, **changes: object) -> render.Mail:
    return render.mail(name, **CONTEXTS[name] | changes)


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
        self.scripts = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"img", "iframe", "link", "object", "embed", "video", "audio"}:
            self.found.append(tag)
        self.found += [
            name for name, _ in attrs if name in {"src", "srcset", "background", "poster"}
        ]
        self.found += [name for name, _ in attrs if name.startswith("on")]
        self.scripts += tag == "script"


def every_rendering() -> Iterator[tuple[str, str]]:
    for name in MAILS:
        yield name, mail(name).html
    yield from every_page()


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


def test_a_right_to_left_language_turns_the_page() -> None:
    assert '<html lang="ar" dir="rtl">' in page("gone", lang="ar-EG")


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

    @pytest.mark.parametrize("field", ["comment", "survey_name", "team", "question", "nonce"])
    def test_on_the_page_are_escaped(self, field: str) -> None:
        html = page("answer", state="counted", evidence=None, **{field: HOSTILE})
        assert "<script" not in html
        assert "&lt;script&gt;" in html

    def test_a_comment_keeps_its_first_empty_line(self) -> None:
        # A parser drops one line end behind <textarea>, so the template brings one of its own.
        assert ">\n\nfirst</textarea>" in page("answer", comment="\nfirst")


class TestAnswer:
    def test_a_chosen_score_is_thanked_for_and_not_yet_called_recorded(self) -> None:
        html = page("answer")
        assert heading(html) == "Thanks, you rated 9."
        assert title(html).strip() == "You rated 9 - IT Help Desk"
        assert html.count(" checked") == 1
        assert 'value="9" checked' in html
        assert "recorded" not in html.lower()

    def test_without_script_it_says_that_send_is_what_records(self) -> None:
        said = "<p>Please press Send to record your answer.</p>"
        assert f"<noscript>{said}</noscript>" in page("answer")
        assert said in page("answer", evidence=None)
        assert "<noscript>" not in page("answer", evidence=None)

    @pytest.mark.parametrize("state", ["counted", "settling"])
    def test_a_recorded_score_is_called_recorded(self, state: str) -> None:
        html = page("answer", state=state, comment="Quick.")
        assert heading(html) == "Your 9 is recorded."
        assert 'role="status"' in html
        assert "reads every answer." in html
        assert "Quick.</textarea>" in html
        assert "Save changes</button>" in html

    def test_a_held_score_is_not_and_one_button_keeps_it(self) -> None:
        html = page("answer", state="held")
        assert heading(html) == "Your 9 is not confirmed yet"
        assert "recorded" not in html.lower()
        assert '<button type="submit" name="act" value="keep">Keep my 9</button>' in html

    def test_the_keep_button_waits_hidden_unless_it_is_asked_for(self) -> None:
        assert 'value="keep" hidden>Keep my 9' in page("answer")
        at_once = page("answer", keep=True)
        assert 'value="keep">Keep my 9' in at_once
        assert "Your mail system opens links by itself, so we ask once." in at_once

    def test_without_a_score_nothing_is_chosen(self) -> None:
        html = page("answer", score=None)
        assert heading(html) == "How did we do?"
        assert " checked" not in html

    def test_only_the_page_that_a_link_opens_reports(self) -> None:
        assert 'data-evidence="../token/evidence"' in page("answer")
        for quiet in ({"score": None}, {"state": "held"}, {"error": "unreadable"}):
            assert "data-evidence" not in page("answer", **quiet)
            assert SCRIPT in page("answer", **quiet)
        assert SCRIPT not in page("answer", evidence=None)

    @pytest.mark.parametrize(
        ("scale", "score", "asked"),
        [
            ("nps", None, "Anything else we could do?"),
            ("nps", 0, "What should we have done?"),
            ("nps", 6, "What should we have done?"),
            ("nps", 7, "What would have made it better?"),
            ("nps", 8, "What would have made it better?"),
            ("nps", 9, "What went well?"),
            ("nps", 10, "What went well?"),
            ("csat", 2, "What should we have done?"),
            ("csat", 3, "What would have made it better?"),
            ("ces", 5, "What went well?"),
            ("thumbs", 0, "What should we have done?"),
            ("thumbs", 1, "What went well?"),
        ],
    )
    def test_the_open_question_fits_the_band(
        self, scale: str, score: int | None, asked: str
    ) -> None:
        assert f'<label for="comment">{asked} ' in on_scale(scale, score=score)

    @pytest.mark.parametrize("error", ["score", "comment_too_long", "unreadable", "unavailable"])
    @pytest.mark.parametrize("state", ["counted", None])
    def test_an_error_is_said_once_and_keeps_what_was_written(
        self, error: str, state: str | None
    ) -> None:
        html = page("answer", error=error, state=state, comment="Kept words", contact=True)
        assert html.count('role="alert"') == 1
        assert "Kept words</textarea>" in html
        assert 'value="9" checked' in html
        assert 'name="contact" value="yes" checked' in html
        assert heading(html).endswith("is not saved yet.")
        assert 'role="status"' not in html

    @pytest.mark.parametrize("described", ["score", "comment_too_long"])
    def test_an_error_of_a_field_is_tied_to_it(self, described: str) -> None:
        html = page("answer", error=described)
        (target,) = re.findall(r'aria-describedby="([^"]+)"', html)
        assert f'role="alert" id="{target}"' in html


class TestLooks:
    @pytest.mark.parametrize("look", ["stars", "smileys"])
    def test_every_symbol_has_its_word_beside_it(self, look: str) -> None:
        html = on_scale("csat", look)
        words = re.findall(r'<span class="name">([^<]+)</span>', html)
        assert words == [name_of(point, "csat", look) for point in range(1, 6)]
        assert html.count('class="mark"') == html.count('aria-hidden="true"') == 5

    def test_a_word_is_thanked_for_as_a_word(self) -> None:
        assert heading(on_scale("csat", "smileys", score=4)) == "Thanks, you chose “Satisfied”."
        assert heading(on_scale("thumbs", state="counted")) == "Your answer “Yes” is recorded."
        assert heading(on_scale("csat", score=4)) == "Thanks, you rated 4."

    def test_numbers_have_words_at_the_ends(self) -> None:
        assert "1 = <bdi>Very difficult</bdi>" in on_scale("ces")
        assert '<span class="aloud">, Very easy</span>' in on_scale("ces")
        assert 'class="ends"' not in on_scale("thumbs")


def test_a_closed_survey_tells_how_to_reach_the_sender() -> None:
    assert 'href="mailto:feedback@acme.example"' in page("closed")


def test_the_promise_lists_what_is_kept() -> None:
    html = page("promise")
    assert "<bdi>Acme IT</bdi> sees your name with your answer." in html
    assert "deleted within 35 days" in html


def test_the_script_is_small() -> None:
    assert len(gzip.compress(SCRIPT.encode())) < 2_000


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


def test_with_the_script_it_allows_that_one_and_its_reports() -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", page("answer"), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = render.content_security_policy(script=True)
    assert f"script-src 'sha256-{digest}'; connect-src 'self';" in policy
    assert "unsafe" not in policy


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
