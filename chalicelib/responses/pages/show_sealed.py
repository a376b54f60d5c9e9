"""The page of receipts and the board as HTTP answers."""

from collections.abc import Sequence

from chalice.app import Response as HttpResponse

from chalicelib.ballots.conversation import LONGEST
from chalicelib.discreet import Discreet
from chalicelib.responses.pages import show
from chalicelib.responses.pages.form import LONGEST_COMMENT
from chalicelib.responses.receipt import Receipt
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.question import Answers, words_of
from chalicelib.table import Item


class Written(Discreet, frozen=True):
    """What a form on the page of a receipt said that is not stored. `is_saved`: it is."""

    hidden = ("words", "answers")

    score: int | None = None
    words: str | None = None
    answers: Answers | None = None
    too_long: str | None = None
    is_saved: bool = False


NOTHING = Written()


class Shown(Discreet, frozen=True):
    """An answer that was found by its receipt."""

    hidden = ("code",)

    code: str
    receipt: Receipt
    written: Written = NOTHING

    @property
    def answers(self) -> Answers:
        """As they were written, or as they are stored."""
        written = self.written.answers
        return self.receipt.answers if written is None else written

    @property
    def has_words(self) -> bool:
        receipt = self.receipt
        return receipt.comment is not None or bool(words_of(receipt.answers))


def receipts(
    survey: Survey,
    shown: Shown | None = None,
    done: bool = False,
    problem: str | None = None,
    status: int = 200,
    root: str = "",
) -> HttpResponse:
    """`root` leads from the page to the folder of the pages of receipts. `problem` is unknown or
    wait, or of a form: score, comment_too_long or unavailable."""
    return show.page(
        "receipts",
        status,
        survey.lang,
        **show.question_of(survey),
        action=f"{root}{survey.id}",
        shown=shown,
        done=done,
        why=problem,
        too_long=shown.written.too_long if shown else None,
        longest=LONGEST_COMMENT if shown and not shown.receipt.is_published else LONGEST,
    )


def board(survey: Survey, releases: Sequence[Item], closed: Item | None) -> HttpResponse:
    return _board(200, survey.lang, releases, closed, survey.id, survey.name, survey.team)


def no_board(lang: str) -> HttpResponse:
    """Nobody learns whether there will be one."""
    return _board(404, lang, [], None, "", "", "")


def _board(
    status: int,
    lang: str,
    releases: Sequence[Item],
    closed: Item | None,
    survey_id: str,
    survey_name: str,
    team: str,
) -> HttpResponse:
    return show.page(
        "board",
        status,
        lang,
        releases=releases,
        closed=closed,
        survey_id=survey_id,
        survey_name=survey_name,
        team=team,
    )
