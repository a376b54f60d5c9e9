"""The words of other people, in mails and on pages."""

import re

import pytest

from chalicelib.plain import line
from tests.support.renderings import MAILS, mail, page

HOSTILE = "\u202e\"'><script>alert(1)</script>\r\nBcc: eve@example.com"


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

    @pytest.mark.parametrize(
        ("name", "changes"),
        [
            ("closing", {"words": HOSTILE}),
            ("heard", {"heard": [HOSTILE], "did": [HOSTILE]}),
            ("digest", {"team": HOSTILE}),
            ("account_digest", {"team": HOSTILE}),
        ],
    )
    def test_in_a_letter_are_escaped_and_stay_on_their_line(
        self, name: str, changes: dict[str, object]
    ) -> None:
        hostile = mail(name, **changes)
        assert "<script" not in hostile.html
        assert not {"\r", "\n", "\u202e"} & set(hostile.subject)
        assert "\u202e" not in hostile.text

    def test_a_subject_of_line_ends_alone_is_still_one_line(self) -> None:
        assert line("\r\n a\u2028b\x00c\u2067d \n") == "a b cd"

    def test_letters_that_need_joiners_keep_them(self) -> None:
        assert line("\u0646\u200c\u0627 \U0001f469\u200d\U0001f4bb") == (
            "\u0646\u200c\u0627 \U0001f469\u200d\U0001f4bb"
        )

    @pytest.mark.parametrize("field", ["comment", "survey_name", "team", "question", "nonce"])
    def test_on_the_page_are_escaped(self, field: str) -> None:
        html = page("answer", state="counted", evidence=None, **{field: HOSTILE})
        assert "<script>alert" not in html
        assert "&lt;script&gt;" in html

    def test_a_comment_keeps_its_first_empty_line(self) -> None:
        # A parser drops one line end behind <textarea>, so the template brings one of its own.
        assert ">\n\nfirst</textarea>" in page("answer", comment="\nfirst")
