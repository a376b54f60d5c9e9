"""What a letter about a task says, in whose words, and what it keeps to itself."""

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib import ids
from chalicelib.errors import NotFound
from chalicelib.invitations.invitation import Ticket
from chalicelib.notify.compose import Composed
from chalicelib.notify.letter import letter_for
from chalicelib.notify.letters.task import TaskLetterNeeds, compose_task
from chalicelib.render import mail
from chalicelib.responses.response import Answer, answered
from chalicelib.surveys.definition import Survey
from chalicelib.tasks.history import Entry
from chalicelib.tasks.links import read_task_token
from chalicelib.tasks.task import Task
from chalicelib.teams.team import Calendar, Member, Team
from tests.support.mailing import SENDER
from tests.support.samples import KEYS, NOW, SURVEY, invitation

WORDS = '"Quoted" & <b>bold</b> 🙂\nתקלה, it broke'
ONE, OTHER = ids.derived_id("task"), ids.derived_id("other")
TICKET = Ticket("zendesk", "48213", 'A "laptop"\r\nBcc: x@example.com', None)
DUE = datetime(2026, 11, 30, 8, 5, tzinfo=UTC)
KARI = Member("kari", ids.derived_id("kari"), "Kari", "kari@example.com", "lead", "nb")
OSLO = Calendar("Europe/Oslo", {"monday": ("08:00-16:00",)})
NAME = ids.derived_id("task")
TASK = Task(NAME, SURVEY.id, "Desk", TICKET, NOW, DUE, "2026-11-20", "desk", "kari")
SAID = answered(invitation(), None, Answer(2, WORDS, contact=True), "op", "2026-11-20", NOW)


def missing(task: str) -> Task:
    raise NotFound("task")


def composed(task: Task = TASK, **changes: Any) -> Composed:
    found = compose("task_opened", task, **changes)
    assert isinstance(found, Composed)
    return found


def compose(
    kind: str, task: Task, member: Member = KARI, survey: Survey = SURVEY, **changes: Any
) -> Composed | str:
    team = Team("desk", "Service Desk", (member,), OSLO)
    facts: dict[str, Any] = {"response": lambda response: SAID, **changes}
    needs = TaskLetterNeeds(
        task=lambda _: task,
        team=lambda _: team,
        survey=lambda _: survey,
        sender=lambda: SENDER,
        holidays=lambda calendar: (),
        **facts,
    )
    return compose_task(letter_for(kind, "task", {"member": "kari"}, NOW), NOW, needs)


def test_words_come_first_and_the_due_time_is_the_team_s() -> None:
    told = composed()
    shown = mail("task_opened", lang=told.to.lang, unsubscribe_url="u", **told.facts)
    assert shown.text.index("> תקלה, it broke") < shown.text.index("48213")
    assert "Frist: man. 30. nov., 09:05 (Europe/Oslo)" in shown.text
    assert "&#34;Quoted&#34; &amp; &lt;b&gt;bold&lt;/b&gt; 🙂<br>תקלה" in shown.html
    assert shown.subject == 'Ny oppgave: A "laptop" Bcc: x@example.com (#48213)'
    assert (told.to.email, told.listed_as) == ("kari@example.com", "desk")


@pytest.mark.parametrize("comment", [None, WORDS])
def test_what_was_written_to_another_question_stands_in_it_too(comment: str | None) -> None:
    answers = {"missing": "Somebody who calls back.", "reached": ("phone",)}
    said = replace(SAID, comment=comment, answers=answers)
    told = composed(response=lambda _: said).facts["words"]
    assert told == "\n".join(filter(None, [comment, "Somebody who calls back."]))


def test_no_score_stands_in_it() -> None:
    assert "score" not in composed().facts
    assert "band" not in composed().facts


def test_a_member_without_a_language_reads_the_survey_s() -> None:
    member = Member("kari", KARI.person, "Kari", KARI.email, "lead")
    assert composed(member=member, survey=replace(SURVEY, lang="ar")).to.lang == "ar"


@pytest.mark.parametrize("identity", ["confidential", "anonymous"])
def test_a_sealed_survey_names_nobody(identity: str) -> None:
    def no_look(response: str) -> None:
        raise AssertionError("an answer was read")

    survey = replace(SURVEY, identity=identity)
    task = Task(NAME, SURVEY.id, "Desk", None, NOW, DUE, "2026-11-20", "desk", unhappy=7)
    told = composed(task, survey=survey, response=no_look)
    shown = mail("task_opened", lang="en", unsubscribe_url="u", **told.facts)
    assert "Unhappy answers: 7" in shown.text
    assert (told.facts["words"], told.facts["ticket_subject"]) == (None, None)


def test_a_task_that_was_opened_by_hand_says_why() -> None:
    history = (Entry(NOW, "key", "opened", note="Ask how the readers do."),)
    task = Task(NAME, SURVEY.id, "Desk", None, NOW, DUE, "d", "desk", history=history)
    told = composed(task, response=lambda response: None)
    assert told.facts["words"] == "Ask how the readers do."


def test_a_task_that_is_gone_is_told_to_nobody() -> None:
    needs = TaskLetterNeeds(
        missing,
        lambda _: None,
        lambda _: None,
        lambda _: SURVEY,
        lambda: SENDER,
        lambda calendar: (),
    )
    letter = letter_for("task_opened", "task", {"member": "kari"}, NOW)
    assert compose_task(letter, NOW, needs) == "erased"


def test_its_link_is_of_this_person_and_task() -> None:
    kari = str(composed().facts["task_url"])
    other = Task(
        ids.derived_id("other"), SURVEY.id, "Desk", None, NOW, DUE, "2026-11-20", "desk", "kari"
    )
    assert kari.startswith(f"{SENDER.base_url}/t/")
    assert kari != composed(other).facts["task_url"]
    link = read_task_token(kari.rpartition("/")[2], KEYS, NOW)
    assert (link.task, link.person, link.language) == (TASK.id, KARI.person, "nb")


@pytest.mark.parametrize(("by", "goes"), [("kari", False), ("olav", True)])
def test_whoever_took_a_task_is_not_told_that_it_was_handed_on(by: str, goes: bool) -> None:
    task = replace(TASK, history=(Entry(NOW, by, "taken", owner="kari"),))
    found = compose("task_handed_on", task)
    assert (found != "own_doing") == isinstance(found, Composed) == goes
