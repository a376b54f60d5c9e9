"""The page of an answer, as it is rendered."""

import re

import pytest

from chalicelib.surveys.scale import name_of
from tests.support.renderings import SCRIPT, heading, on_scale, page, title


def visible(html: str) -> str:
    return re.sub(
        "<script>.*</script>|<style>.*</style>|<[^>]*>", "", html, flags=re.DOTALL
    ).lower()


class TestAnswer:
    def test_a_chosen_score_is_named_and_not_yet_called_recorded(self) -> None:
        html = page("answer")
        assert heading(html) == "You chose 9"
        assert title(html).strip() == "You chose 9 - IT Help Desk"
        assert html.count(" checked") == 1
        assert 'value="9" checked' in html
        assert "recorded" not in visible(html)
        assert 'data-recorded="Your 9 is recorded." data-title="Recorded - IT Help Desk"' in html

    def test_only_a_page_that_can_count_a_tap_holds_the_words_for_it(self) -> None:
        quiet = ({"taps": False}, {"state": "held"}, {"error": "unreadable"}, {"score": None})
        for changes in quiet:
            assert 'data-recorded="' not in page("answer", **changes)

    def test_without_script_it_says_that_send_is_what_records(self) -> None:
        said = "<p>Please press Send to record your answer.</p>"
        assert f"<noscript>{said}</noscript>" in page("answer")
        assert said in page("answer", taps=False)
        assert "<noscript>" not in page("answer", taps=False)

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
        assert "recorded" not in visible(html)
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
        assert SCRIPT in page("answer", evidence=None)

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
        assert 'class="done"' not in html

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

    def test_a_word_is_named_as_a_word(self) -> None:
        assert heading(on_scale("csat", "smileys", score=4)) == "You chose “Satisfied”"
        assert heading(on_scale("thumbs", state="counted")) == "Your answer “Yes” is recorded."
        assert heading(on_scale("csat", score=4)) == "You chose 4"

    def test_numbers_have_words_at_the_ends(self) -> None:
        assert "1 = <bdi>Very difficult</bdi>" in on_scale("ces")
        assert '<span class="aloud">, Very easy</span>' in on_scale("ces")
        assert 'class="ends"' not in on_scale("thumbs")
