"""/b/{board}: what a sealed survey has published, for everybody who was told the address."""

import re
from collections.abc import Iterator

from chalice.app import Response as HttpResponse

from chalicelib import sealed_keys, wiring
from chalicelib.errors import LinkRejected
from chalicelib.responses.pages import show, show_sealed
from chalicelib.responses.pages.visitor import Visitor, page
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Item, Query, every
from chalicelib.web.csv_export import Cell, csv_text
from chalicelib.web.negotiation import best_of

KINDS = ("text/html", "text/csv")
COLUMNS = ("receipt_hash", "score", "release", "day")


@page
def show_board(visitor: Visitor, board: str) -> HttpResponse:
    visitor.leaves_line = False
    if not re.fullmatch(r"[a-z2-7]{26}", board):
        raise LinkRejected
    items = every(wiring.table(), Query(sealed_keys.board_of(board)))
    if not items:
        return show_sealed.no_board(visitor.language())
    releases = [item for item in items if item["SK"] != sealed_keys.CLOSED]
    if _wants_csv(visitor):
        return _csv(releases)
    closed = next((item for item in items if item["SK"] == sealed_keys.CLOSED), None)
    survey = surveys_wiring.catalogue().get(items[0]["survey"])
    seen = survey.read_in(visitor.language(survey=survey))
    return show_sealed.board(seen, releases, closed)


def _wants_csv(visitor: Visitor) -> bool:
    wanted = visitor.query.get("format")
    accept = visitor.request.headers.get("accept")
    return wanted == ["csv"] or (wanted is None and best_of(accept, KINDS) == "text/csv")


def _csv(releases: list[Item]) -> HttpResponse:
    kind = {"Content-Type": "text/csv; charset=utf-8; header=present"}
    return HttpResponse(csv_text(COLUMNS, _rows(releases)), {**show.HEADERS, **kind}, 200)


def _rows(releases: list[Item]) -> Iterator[dict[str, Cell]]:
    for release in releases:
        for receipt, score in release["rows"]:
            row = {"receipt_hash": receipt, "score": int(score)}
            yield {**row, "release": int(release["number"]), "day": release["day"]}
