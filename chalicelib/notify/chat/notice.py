"""What a chat channel is told of a task or of an answer: words first, never a score, and no link
that acts, since a channel is many people. Pure."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from chalicelib import plain
from chalicelib.bidi import isolated
from chalicelib.invitations.invitation import Ticket
from chalicelib.languages import direction
from chalicelib.plain import line
from chalicelib.render import text_in
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.wording import N_
from chalicelib.tasks.matter import words_of
from chalicelib.tasks.task import State, Task

# The rest is read behind the link: channels cut long messages at places of their own.
ASKS, WAITS = (
    N_("Somebody asks to be contacted: %(survey)s"),
    N_("Somebody waits for an answer: %(survey)s"),
)
WISH: Final = N_("Please contact me about my answer")
FROM, CONTACT, TICKET = N_("From"), N_("Contact"), N_("Ticket")
SURVEY, OWNER, CAUSE = N_("Survey"), N_("Owner"), N_("Cause")
DUE: Final = N_("Due: %(time)s")
MOST_WORDS: Final = 1500
MOST_LINES: Final = 40
MOST_FACT: Final = 200
MOST_HEADLINE: Final = 150


class Notice(Struct, frozen=True):
    """`task` None: an answer that asks nothing of anybody. `words` and `person` are None where
    the survey promised that nobody learns who said what. `owner` is a name, `cause` that of a
    closed task. `lang` is the channel's."""

    survey: str
    tz: str
    task: str | None = None
    state: State = "open"
    due_at: datetime | None = None
    words: str | None = None
    wishes_contact: bool = False
    person: str | None = None
    ticket: Ticket | None = None
    owner: str | None = None
    cause: str | None = None
    causes: tuple[str, ...] = ()
    lang: str = "en"

    def say(self, message: str, **values: object) -> str:
        return text_in(self.lang, message, **values)

    def apart(self, name: str) -> str:
        """A name in a sentence of `say`."""
        return isolated(line(name), direction(self.lang))

    @property
    def is_open(self) -> bool:
        return self.task is not None and self.state != "closed"

    @property
    def headline(self) -> str:
        """What a phone's lock screen shows, so it names nobody."""
        if self.words:
            return cut(plain.words(self.words), MOST_HEADLINE)
        asked = ASKS if self.wishes_contact else WAITS
        return self.say(asked, survey=self.apart(self.survey))

    @property
    def due(self) -> str | None:
        """In the zone of the survey."""
        if self.due_at is None or not self.is_open:
            return None
        local = self.due_at.astimezone(ZoneInfo(self.tz))
        return f"{local:%Y-%m-%d %H:%M} ({self.tz})"

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Each with its name, on one line."""
        contact = self.say(WISH) if self.wishes_contact else None
        ticket = self.ticket.subject or self.ticket.id if self.ticket else None
        named = {FROM: self.person, CONTACT: contact, TICKET: ticket, SURVEY: self.survey}
        named |= {OWNER: self.owner, CAUSE: self.cause}
        shown = {name: cut(line(said), MOST_FACT) for name, said in named.items() if said}
        return tuple((self.say(name), said) for name, said in shown.items())


def notice_of(
    task: Task,
    survey: Survey,
    response: Response | None,
    now: datetime,
    owner: str | None = None,
) -> Notice:
    """`response` None: the task is of no answer, or it was erased."""
    return replace(
        notice_of_answer(response, survey),
        task=task.id,
        state=task.state(now),
        due_at=task.due_at,
        ticket=None if survey.is_sealed else task.ticket,
        owner=owner,
        cause=task.closing.cause if task.closing else None,
        causes=tuple(survey.causes),
    )


def notice_of_answer(response: Response | None, survey: Survey) -> Notice:
    """Of a sealed survey nothing of one answer is told."""
    if survey.is_sealed or response is None or response.gone:
        return Notice(survey.name, survey.tz)
    return Notice(
        survey=survey.name,
        tz=survey.tz,
        words=(words_of(response) or "").strip() or None,
        wishes_contact=response.contact,
        person=response.name,
        ticket=response.ticket,
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
    shown = cut(plain.words(words).strip(), most)
    lines = [line.rstrip() for line in shown.splitlines()]
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], "…"]
