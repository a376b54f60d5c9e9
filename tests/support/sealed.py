"""A sealed survey whose answers were published in blocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from msgspec.structs import replace

from chalicelib import ids, moments, wiring
from chalicelib.disclosure import wiring as disclosure_wiring
from chalicelib.disclosure.cells import Row, publish_cells
from chalicelib.disclosure.store import Ledger
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.response import Response
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.samples import SURVEY

DAY = date(2026, 11, 20)
GROUPS = ["site=Oslo", "site=Osaka", "role=manager", "role=member"]
PATH = f"/v1/surveys/{SURVEY.id}"
KEPT = {"Waiting": ["slow", "wait", "queue"], "People": ["kind"]}


@dataclass(frozen=True)
class Said:
    score: int
    comment: str | None = None
    groups: tuple[str, ...] = ()


def several(count: int, *groups: str, scores: Sequence[int] = (3, 9)) -> list[Said]:
    """Each with words of its own."""
    return [Said(scores[at % len(scores)], f"slow and kind {at}", groups) for at in range(count)]


class Sealed:
    def __init__(self, heed: Heed, clock: Any, identity: str = "anonymous") -> None:
        self.heed, self.clock, self.rows, self.releases = heed, clock, list[Row](), 0
        self.survey = replace(
            SURVEY,
            identity=identity,
            segments=["site", "role"],
            closes_on=date(2026, 12, 31),
            themes=KEPT,
        )
        surveys_wiring.surveys().put(self.survey)
        surveys_wiring.catalogue.cache_clear()

    def publish(self, block: Sequence[Said]) -> list[str]:
        """One release a day. Gives the ids of the results."""
        self.releases += 1
        day = DAY + timedelta(days=self.releases - 1)
        self.clock.move_to(moments.start_of(day, "UTC") + timedelta(hours=7))
        results = [self._result(said, day) for said in block]
        for result in results:
            responses_wiring.responses().replace(None, result, 0)
        self.rows += [
            Row(self.releases, said.groups, said.score, str(result.band))
            for said, result in zip(block, results, strict=True)
        ]
        store = disclosure_wiring.cells()
        before = store.ledger(SURVEY.id)
        after = publish_cells(self.rows, before.cells, 5, GROUPS)
        store.write(SURVEY.id, Ledger(after, self.releases), over=before)
        return [result.id for result in results]

    def _result(self, said: Said, day: date) -> Response:
        at = moments.start_of(day, "UTC")
        return Response(
            id=ids.new_id(),
            survey=SURVEY.id,
            person=None,
            score=said.score,
            comment=said.comment,
            segments=(),
            ticket=None,
            day=day.isoformat(),
            asked_day=day.isoformat(),
            answered_at=at,
            changed_at=at,
            version=1,
            operations=(),
            origin="ballot",
        )

    def ask(self, count: int, day: date = DAY) -> None:
        from chalicelib.tally.tally import ALL, tally_writes

        wiring.table().transact(tally_writes(SURVEY.id, {(ALL, str(day)): {"asked": count}}, 0))

    def get(self, path: str, accept: str = "application/json", **query: object) -> Any:
        named = {name.rstrip("_"): value for name, value in query.items()}
        address = f"{PATH}/{path}?{urlencode(named, doseq=True)}" if named else f"{PATH}/{path}"
        return self.heed.call("GET", address, Accept=accept)

    def told(self, path: str, **query: object) -> Any:
        answer = self.get(path, **query)
        assert answer.status_code == 200, answer.json_body
        return answer.json_body

    def cells(self, name: str) -> dict[str, Any]:
        """The number of answers of each value that is shown, or why it is hidden."""
        rows = self.told("scores", by=name)["segments"]
        return {row["value"]: row["hidden"] or row["responses"] for row in rows}


def start() -> datetime:
    return moments.start_of(DAY, "UTC") + timedelta(hours=7)
