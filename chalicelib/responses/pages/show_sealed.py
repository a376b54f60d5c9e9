"""The page of receipts and the board as HTTP answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chalice.app import Response as HttpResponse

from chalicelib.responses.pages import show
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.question import Answers, words_of
from chalicelib.table import Item


@dataclass(frozen=True)
class Shown:
    """An answer that was found by its receipt, as it was written in the form."""

    code: str = field(repr=False)
    score: int
    comment: str | None = field(repr=False)
    published: bool
    answers: Answers = field(default_factory=dict, repr=False)

    @property
    def has_words(self) -> bool:
        return self.comment is not None or bool(words_of(self.answers))


def receipts(
    survey: Survey,
    shown: Shown | None = None,
    done: bool = False,
    problem: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """`problem` is unknown or wait."""
    return show.page(
        "receipts",
        status,
        survey.lang,
        survey_name=survey.name,
        team=survey.team,
        action=survey.id,
        scale=survey.scale,
        look=survey.look,
        shown=shown,
        questions=survey.questions,
        done=done,
        problem=problem,
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
