"""Answers that people gave, and how a program reads them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from msgspec.structs import replace

from chalicelib import moments, wiring
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.samples import SURVEY, stored_invitation

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PATH = f"/v1/surveys/{SURVEY.id}/responses"
THEMES = f"/v1/surveys/{SURVEY.id}/themes"
KEPT = {"Waiting": ["slow", "wait", "queue"], "People": ["kind"], "Price": ["cost"]}


class Said:
    """Answers, a minute apart."""

    def __init__(self, heed: Heed, clock: Any) -> None:
        self.heed, self.clock = heed, clock
        self.put()

    def put(self, **changes: object) -> None:
        survey = replace(SURVEY, **{"themes": KEPT, "open_link": True, **changes})
        surveys_wiring.surveys().put(survey)
        surveys_wiring.catalogue.cache_clear()

    def answer(self, name: str, score: int, comment: str | None = None, **changes: Any) -> str:
        self.clock.shift(timedelta(minutes=1))
        made = stored_invitation(wiring.table(), name, **changes)
        now = moments.now()
        record_response(
            made.id,
            Answer(score, comment),
            new_operation(now),
            "UTC",
            now,
            responses_wiring.record_needs(),
        )
        return made.id

    def get(self, path: str = PATH, accept: str | None = None, **query: object) -> Any:
        address = f"{path}?{urlencode(query, doseq=True)}" if query else path
        headers = {"Accept": accept} if accept else {}
        return self.heed.call("GET", address, **headers)

    def items(self, **query: object) -> list[Any]:
        answer = self.get(**query)
        assert answer.status_code == 200, answer.json_body
        return list(answer.json_body["items"])

    def scores(self, **query: object) -> list[int]:
        return [one["score"] for one in self.items(**query)]

    def all_pages(self, accept: str | None = None, **query: object) -> Iterator[Any]:
        """Follows the link of each page as it is given."""
        page = self.get(accept=accept, **query)
        yield page
        while "Link" in page.headers:
            tail = page.headers["Link"].partition("<")[2].partition(">")[0]
            page = self.get(PATH + tail, accept=accept)
            yield page


def refused(answer: Any) -> tuple[int, str, str]:
    error = answer.json_body["errors"][0]
    return answer.status_code, error["pointer"], error["code"]


def next_of(said: Said, **query: object) -> str:
    return str(said.get(limit=1, **query).json_body["next"])
