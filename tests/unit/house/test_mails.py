"""The mails, as they are rendered."""

import re

import pytest

from chalicelib.surveys.scale import Scale, name_of, points_of
from tests.support.renderings import (
    CONTEXTS,
    MAILS,
    TASK_LETTERS,
    looks_of,
    mail,
    on_scale,
    page,
)


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


class TestLooks:
    @staticmethod
    def row(scale: str, look: str, lang: str = "en") -> str:
        links = [(point, f"https://heed.example.com/r/t/{point}") for point in points_of(scale)]
        return mail("invitation", scale=scale, look=look, links=links, lang=lang).html

    @pytest.mark.parametrize(
        ("scale", "look", "marks"),
        [
            ("csat", "stars", ["★☆☆☆☆", "★★☆☆☆", "★★★☆☆", "★★★★☆", "★★★★★"]),
            ("csat", "smileys", ["😞", "🙁", "😐", "🙂", "😀"]),
            ("thumbs", "numbers", ["👎", "👍"]),
        ],
    )
    def test_every_symbol_of_the_page_stands_in_the_mail_with_its_word(
        self, scale: str, look: str, marks: list[str]
    ) -> None:
        html = self.row(scale, look)
        found = re.findall(r'<span aria-hidden="true"[^>]*>([^<]+)</span>&nbsp; ([^<]+)</a>', html)
        words = [str(name_of(point, scale, look)) for point in points_of(scale)]
        assert found == list(zip(marks, words, strict=True))
        assert "<img" not in html + page("helped")

    @pytest.mark.parametrize("lang", ["en", "ar"])
    @pytest.mark.parametrize("scale", list(Scale))
    def test_the_row_has_one_order_in_mail_and_page(self, scale: Scale, lang: str) -> None:
        for look in looks_of(scale):
            html = self.row(scale, look, lang)
            in_mail = re.findall(r'href="https://heed.example.com/r/t/(\d+)"', html)
            shown = on_scale(scale, look, lang=lang)
            assert in_mail == re.findall(r'name="score" value="(\d+)"', shown)
            turned = "rtl" if lang == "ar" else "ltr"
            assert f'<table role="presentation" dir="{turned}"' in html

    def test_whether_it_helped_is_asked_in_the_order_of_its_page(self) -> None:
        closing = mail("closing")
        shown = re.findall(r'name="score" value="(\d)"', page("helped"))
        for part in (closing.html, closing.text):
            assert re.findall(r"https://heed.example.com/h/token/(\d)", part) == shown
        assert "👎" in closing.html


class TestOfATask:
    def test_the_subject_says_what_happened_and_names_the_ticket(self) -> None:
        assert [mail(name).subject.partition(":")[0] for name in TASK_LETTERS] == [
            "New task",
            "A task was handed on to you",
            "A task is due soon",
            "A task is overdue",
        ]
        assert mail("task_soon").subject.endswith("Laptop does not wake up after lunch (#48213)")
        silent = mail("task_soon", ticket_id=None, ticket_subject=None)
        assert silent.subject == "A task is due soon: IT Help Desk"

    def test_words_due_time_and_the_one_link_stand_in_both_parts(self) -> None:
        told = mail("task_opened")
        assert "> Nobody told me why.\n> It still happens.\n" in told.text
        assert "Nobody told me why.<br>It still happens." in told.html
        assert "Due: Mon, Nov 30, 09:05 (Europe/Oslo)\n" in told.text
        assert "Due: Mon, Nov 30, 09:05" in told.html
        for part in (told.text, told.html):
            assert part.count("https://heed.example.com/t/token") == 1
            assert "Please contact me about my answer" in part

    def test_of_a_release_it_says_how_many(self) -> None:
        nothing = {
            "words": None,
            "wishes_contact": False,
            "ticket_id": None,
            "ticket_subject": None,
        }
        told = mail("task_opened", **nothing, unhappy=7)
        for part in (told.text, told.html):
            assert "Unhappy answers: 7" in part
            assert 'class="quote"' not in part


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


class TestClosing:
    def test_it_asks_with_one_tap_whether_it_helped(self) -> None:
        closing = mail("closing")
        for said, url in CONTEXTS["closing"]["links"]:
            assert f'href="{url}"' in closing.html
            assert f"{ {1: 'Yes', 0: 'No'}[said] }\n{url}\n" in closing.text

    def test_it_holds_the_words_line_by_line(self) -> None:
        words = 'A "quote" & 🙂\nמחר'
        closing = mail("closing", words=words)
        assert "A &#34;quote&#34; &amp; 🙂<br>מחר" in closing.html
        assert words in closing.text
