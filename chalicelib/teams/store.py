from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec.structs import asdict, replace

from chalicelib import keys, moments, sent_keys
from chalicelib.errors import ChangedMeanwhile, NotFound, PersonErased, WriteRefused
from chalicelib.invitations.person_store import NOT_ERASED
from chalicelib.table import (
    IF_NEW,
    Check,
    Condition,
    Delete,
    Item,
    Put,
    Query,
    Table,
    Update,
    Write,
    delete_existing,
    every,
)
from chalicelib.teams.due import day_of, next_start
from chalicelib.teams.team import WEEKDAYS, Calendar, Member, Team

# How far the first digest looks back.
BACK: Final = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}


class TeamStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, team_id: str) -> Team:
        """Raises NotFound."""
        team = self.find(team_id)
        if team is None:
            raise NotFound("team")
        return team

    def find(self, team_id: str) -> Team | None:
        item = self._table.get(keys.team(team_id))
        return team_from_item(item) if item else None

    def put(self, team: Team, now: datetime, over: str = "") -> None:
        """`over` is the version that was looked at. When it is empty, the last one to write wins.
        Raises ChangedMeanwhile, PersonErased, and as Table.transact."""
        stored = self._table.get(keys.team(team.id))
        if over and (stored is None or str(stored["version"]) != over):
            return _refuse_another(team, stored)
        version = stored["version"] + 1 if stored else 1
        when: Condition = {"version": stored["version"]} if stored else IF_NEW
        people = sorted({member.person for member in team.people})
        standing = [Check(keys.person(person), NOT_ERASED) for person in people]
        try:
            put = Put(_to_item(replace(team, version=version)), when)
            self._table.transact([put, *standing, _digest_of(team, now)])
        except WriteRefused as refused:
            if 0 < refused.index <= len(standing):
                raise PersonErased("#/people") from refused
            raise

    def page(self, limit: int, after: Item | None) -> tuple[list[Team], Item | None]:
        page = self._table.query(Query(keys.TEAMS, index="listed", limit=limit, after=after))
        return [team_from_item(item) for item in page.items], page.next

    def every(self) -> list[Team]:
        """For a choice among all. A list is read page by page."""
        return [team_from_item(item) for item in every(self._table, Query(keys.TEAMS, "listed"))]

    def of_person(self, person_id: str) -> list[Team]:
        """The teams that the person is in."""
        return [
            team for team in self.every() if person_id in {member.person for member in team.people}
        ]

    def take_turn(self, team_id: str) -> int:
        """A number that is one higher each time. One that is lost on the way does no harm."""
        return int(self._table.update(Update(keys.turn(team_id), add={"taken": 1}))["taken"])

    def delete(self, team_id: str) -> None:
        """Raises NotFound."""
        delete_existing(self._table, keys.team(team_id), "team")


def _refuse_another(team: Team, stored: Item | None) -> None:
    """What was sent twice is there already. Raises ChangedMeanwhile."""
    standing = team_from_item(stored) if stored else None
    if standing != replace(team, version=standing.version if standing else 0, changed_by=None):
        raise ChangedMeanwhile


def _digest_of(team: Team, now: datetime) -> Write:
    """When its next digest is due."""
    key = sent_keys.digest(team.id)
    if team.digest == "never":
        return Delete(key)
    since = day_of(team.calendar, now - BACK[team.digest]).isoformat()
    return Update(key, set=waiting(team, now), first={"since": since})


def waiting(team: Team, now: datetime) -> Item:
    due_at = next_start(now, team.calendar, is_weekly=team.digest == "weekly")
    return {"due_shard": keys.due_shard(team.id), "due_at": moments.to_text(due_at)}


def leaving(team: Team, person_id: str) -> Update:
    """Takes the person out of the team. For a transaction."""
    stay = [member for member in team.people if member.person != person_id]
    names_nobody = team.owner is not None and team.owner not in {member.id for member in stay}
    return Update(
        keys.team(team.id),
        set={"people": _people(stay)} | ({"owner_rule": "queue"} if names_nobody else {}),
        remove=["owner"] if names_nobody else [],
        add={"version": 1},
        when={"version": team.version},
    )


def _to_item(team: Team) -> Item:
    item: Item = {
        **keys.team(team.id).as_item(),
        "list_pk": keys.TEAMS,
        "list_sk": team.id,
        "id": team.id,
        "name": team.name,
        "people": _people(team.people),
        "version": team.version,
    }
    item |= {"digest": team.digest, "owner_rule": team.owner_rule} | (
        {"owner": team.owner} if team.owner else {}
    )
    if team.calendar:
        item["calendar"] = _given(asdict(team.calendar))
    return item | ({"changed_by": team.changed_by} if team.changed_by else {})


def _people(people: Sequence[Member]) -> list[Item]:
    return [_given(asdict(member)) for member in people]


def _given(facts: dict[str, Any]) -> Item:
    return {name: value for name, value in facts.items() if value is not None}


def team_from_item(item: Item) -> Team:
    calendar = item.get("calendar")
    return Team(
        id=item["id"],
        name=item["name"],
        people=tuple(_member(found) for found in item["people"]),
        calendar=_calendar(calendar) if calendar else None,
        owner_rule=item.get("owner_rule", "queue"),
        owner=item.get("owner"),
        version=item["version"],
        digest=item.get("digest", "weekly"),
    )


def _member(found: Item) -> Member:
    return Member(
        id=found["id"],
        person=found["person"],
        name=found["name"],
        email=found["email"],
        role=found["role"],
        lang=found.get("lang"),
        slack=found.get("slack"),
    )


def _calendar(found: Item) -> Calendar:
    hours = {day: found["hours"][day] for day in WEEKDAYS if day in found["hours"]}
    return Calendar(found["tz"], hours, found.get("country"), found.get("subdivision"))
