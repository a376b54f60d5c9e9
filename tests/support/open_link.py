"""The open link of a survey, as a browser meets it."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from chalice.local import LambdaEventConverter
from msgspec.structs import replace

from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.filling import filled_in
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY

LINK = f"/s/{SURVEY.id}"
NOON = datetime(2026, 11, 20, 12, 0, 5, tzinfo=UTC)


class Door:
    """The open link as one browser after another meets it."""

    def __init__(self, heed: Heed, patch: pytest.MonkeyPatch) -> None:
        self.heed = heed
        self.patch = patch
        self.put()

    def put(self, **changes: object) -> None:
        surveys_wiring.surveys().put(replace(SURVEY, **{"open_link": True, **changes}))
        surveys_wiring.catalogue.cache_clear()

    def comes_from(self, address: str) -> None:
        self.patch.setattr(LambdaEventConverter, "LOCAL_SOURCE_IP", address)

    def open(self, query: str = "") -> Any:
        return self.heed.http.get(LINK + query)

    def send(self, fields: object, cookie: str = "", query: str = "") -> Any:
        raw = fields if isinstance(fields, bytes) else _encoded(fields)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        return self.heed.http.post(LINK + query, headers=headers, body=raw)

    def answer(self, score: object, comment: str = "", cookie: str = "") -> Any:
        return self.send(filled_in(self.open(), score, comment), cookie)

    @property
    def answers(self) -> list[int]:
        assert tallied(self.heed.stored()) == recounted(self.heed.stored())
        return sorted(item["score"] for item in self.heed.items("RESPONSE"))


def _encoded(fields: Any) -> bytes:
    return urlencode(fields, doseq=True).encode()


def cookie_in(page: Any) -> str:
    return str(page.headers["Set-Cookie"]).partition(";")[0]
