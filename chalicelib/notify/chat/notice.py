"""What a chat channel is told of a task: words first, and never a score. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from chalicelib.invitations.invitation import Ticket
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.tasks.task import State, Task

# The rest is read behind the link: channels cut long messages at places of their own.
MOST_WORDS: Final = 1500
MOST_LINES: Final = 40
MOST_FACT: Final = 200
MOST_HEADLINE: Final = 150


@dataclass(frozen=True)
class Notice:
    """`words` and `person` are None where the survey promised that nobody learns who said what.
    `owner` is a name, `cause` that of a closed task. `link` opens the task."""

    task: str
    survey: str
    state: State
    due_at: datetime
    tz: str
    words: str | None = None
    wishes_contact: bool = False
    person: str | None = None
    ticket: Ticket | None = None
    owner: str | None = None
    cause: str | None = None
    causes: tuple[str, ...] = ()
    link: str | None = None

    @property
    def headline(self) -> str:
        """What a phone's lock screen shows, so it names nobody."""
        if self.words:
            return cut(self.words, MOST_HEADLINE)
        asks = "asks to be contacted" if self.wishes_contact else "waits for an answer"
        return f"Somebody {asks}: {self.survey}"

    @property
    def due(self) -> str:
        """In the zone of the survey."""
        local = self.due_at.astimezone(ZoneInfo(self.tz))
        return f"{local:%Y-%m-%d %H:%M} ({self.tz})"

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Each with its name, on one line."""
        contact = "wishes to be contacted" if self.wishes_contact else None
        ticket = self.ticket.subject or self.ticket.id if self.ticket else None
        named = {"From": self.person, "Contact": contact, "Ticket": ticket, "Survey": self.survey}
        named |= {"Owner": self.owner, "Cause": self.cause}
        return tuple((name, one_line(said)) for name, said in named.items() if said)


def notice_of(
    task: Task,
    survey: Survey,
    response: Response | None,
    now: datetime,
    owner: str | None,
    link: str | None,
) -> Notice:
    """`response` None: the task is of no answer, or it was erased. Of a sealed survey nothing of
    one answer is told."""
    said = None if survey.is_sealed or response is None or response.gone else response
    return Notice(
        task=task.id,
        survey=survey.name,
        state=task.state(now),
        due_at=task.due_at,
        tz=survey.tz,
        words=said.comment if said else None,
        wishes_contact=said.contact if said else False,
        person=said.name if said else None,
        ticket=None if survey.is_sealed else task.ticket,
        owner=owner,
        cause=task.closing.cause if task.closing else None,
        causes=tuple(survey.causes),
        link=link,
    )


def cut(text: str, most: int) -> str:
    """At a blank near the end, if there is one, so that no word or emoji is broken."""
    if len(text) <= most:
        return text
    start = text[: most - 1]
    blank = max(start.rfind(" "), start.rfind("\n"))
    return (start[:blank] if blank > most * 2 // 3 else start).rstrip() + "…"


def lines_of(words: str, most: int = MOST_WORDS) -> list[str]:
    """What a channel shows of a comment."""
    lines = [line.rstrip() for line in cut(words.strip(), most).splitlines()]
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], "…"]


def one_line(text: str) -> str:
    return cut(" ".join(text.split()), MOST_FACT)
