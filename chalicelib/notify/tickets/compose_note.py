"""What an answer of a named survey leaves in the ticket it came from. Pure."""

from collections.abc import Container

from chalicelib import plain
from chalicelib.bidi import isolated
from chalicelib.helpdesks.note import Note
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import points_of
from chalicelib.tasks.plan import Fact


def note_of(
    response: Response, survey: Survey, note_id: str, tells: Container[Fact]
) -> Note | None:
    """Of `tells`, what is still said. None when there is nothing to tell."""
    words = (plain.words(response.comment or "").strip() or None) if "words" in tells else None
    facts = ["Wishes to be contacted."] if response.contact and "contact" in tells else []
    if survey.note_score and response.score is not None and "score" in tells:
        points = points_of(survey.scale)
        scale = f"{points[0]} to {points[-1]}"
        facts.append(f"Score of this one answer: {response.score} on a scale of {scale}.")
    if not words and not facts:
        return None
    who = f"{_apart(response.name)} answered" if response.name else "An answer to"
    facts.append(f"{who} the survey {_apart(survey.name)}.")
    return Note(note_id, words, tuple(facts))


def _apart(name: str) -> str:
    return isolated(plain.line(name), "ltr")
