"""The teams of the demo. Whoever tries its pages is in both, so there are tasks to take."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from chalicelib.table import Table
from chalicelib.teams.store import TeamStore
from chalicelib.teams.team import Member, Role, Team
from infra.demo.cast import DEMO_MEMBER
from infra.demo.history import BY
from infra.demo.surveys import CLIENTS, DESK

YOU: Final = ("you", "You", DEMO_MEMBER, "lead")
_PEOPLE: Final[dict[str, tuple[tuple[str, str, str, Role], ...]]] = {
    DESK.id: (
        YOU,
        ("maja", "Maja Lindqvist", "maja@example.com", "member"),
        ("viktor", "Viktor Novotny", "viktor@example.com", "member"),
    ),
    CLIENTS.id: (YOU, ("carmen", "Carmen Ortega", "carmen@example.com", "member")),
}


def put_teams(table: Table, now: datetime, person_of: Callable[[str], str]) -> None:
    """`person_of` gives the id of an address. Nobody is mailed what was said before today."""
    for survey in (DESK, CLIENTS):
        people = tuple(
            Member(one, person_of(email), name, email, role)
            for one, name, email, role in _PEOPLE[survey.id]
        )
        team = Team(str(survey.task_team), survey.team, people, changed_by=BY, digest="never")
        TeamStore(table).put(team, now)
