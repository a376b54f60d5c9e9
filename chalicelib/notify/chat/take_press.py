"""Takes or closes the task of a Slack message, as somebody who pressed its button wishes."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.errors import CauseRefused, NotFound
from chalicelib.notify.chat.notice import Notice
from chalicelib.notify.chat.press import Press
from chalicelib.notify.chat.slack import escaped, replacement_of, whisper_of
from chalicelib.render import text_in
from chalicelib.surveys.wording import N_
from chalicelib.tasks.change_task import ChangeTaskNeeds, change_if_undone
from chalicelib.tasks.task import CLOSED, TAKEN, Change, Task
from chalicelib.teams.team import Member

TASK_GONE: Final = N_("This task is not there any more.")
NOT_LISTED: Final = N_("This cause is not on the survey's list any more.")
CLOSED_IT, OWNER, YOURS = N_("Closed"), N_("Owner: %(name)s"), N_("A task for you")
TAKEN_IT, OPENS = N_("Taken"), N_("Open the task")


class TakePressNeeds(Struct, frozen=True):
    """`link` is the task page for one person alone, if there is one. `answer` takes Slack's address
    and a message, and does not fail: what was done is done."""

    change: ChangeTaskNeeds
    notice: Callable[[Task, datetime], Notice]
    link: Callable[[Task, Member], str | None]
    answer: Callable[[str | None, bytes], None]


def take_press(
    press: Press,
    reaches: Callable[[str], bool],
    now: datetime,
    needs: TakePressNeeds,
    lang: str = "en",
) -> None:
    """`reaches` tells whether the message's channel may hear of a survey, and `lang` is its
    language. Raises Unavailable."""
    try:
        before = needs.change.tasks.get(press.task)
    except NotFound:
        before = None
    if before is None or not reaches(before.survey):
        needs.answer(press.answer_to, whisper_of(text_in(lang, TASK_GONE)))
        return
    who = _who(press, before, needs)
    try:
        after = change_if_undone(before.id, _change(press, who), _by(press, who), now, needs.change)
    except CauseRefused:
        needs.answer(press.answer_to, whisper_of(text_in(lang, NOT_LISTED)))
        return
    _answer(press, after, who, replace(needs.notice(after, now), lang=lang), needs)


def _answer(
    press: Press, task: Task, who: Member | None, notice: Notice, needs: TakePressNeeds
) -> None:
    done = _told(press, task, who, notice)
    needs.answer(press.answer_to, replacement_of(notice, done))
    is_theirs = who is not None and task.owner == who.id and not task.closing
    if who and is_theirs:
        said = whisper_of(notice.say(YOURS), needs.link(task, who), notice.say(OPENS))
        needs.answer(press.answer_to, said)


def _told(press: Press, task: Task, who: Member | None, notice: Notice) -> str:
    """As Slack's markup. Who was too late is not named in the place of who was first."""
    is_theirs = bool(task.history) and task.history[-1].by == _by(press, who)
    if task.closing:
        done = f"{escaped(notice.say(CLOSED_IT))}: {escaped(notice.apart(task.closing.cause))}"
        return f"{done} (<@{press.user}>)" if is_theirs else done
    owner = f"<@{press.user}>" if is_theirs else escaped(notice.apart(notice.owner or ""))
    return escaped(notice.say(OWNER)) % {"name": owner} if owner else notice.say(TAKEN_IT)


def _who(press: Press, task: Task, needs: TakePressNeeds) -> Member | None:
    """One of the task's team. Anybody else who reads the channel may take it, too."""
    team = needs.change.team(task.team_id) if task.team_id else None
    people = team.people if team else ()
    return next((member for member in people if member.slack == press.user), None)


def _change(press: Press, who: Member | None) -> Change:
    if press.does == "close":
        return Change(CLOSED, press.cause)
    return Change(TAKEN, owner=who.id if who else None)


def _by(press: Press, who: Member | None) -> str:
    """In the task's history."""
    return who.id if who else f"slack:{press.user}"
