import pytest

from chalicelib.errors import NotAcceptable
from chalicelib.web.answer import CSV, JSON, JSON_LINES
from chalicelib.web.negotiation import best_of

OFFERED = (JSON, CSV, *JSON_LINES)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("text/csv", CSV),
        ("TEXT/CSV; charset=utf-8", CSV),
        ("text/*", CSV),
        ("application/*", JSON),
        ("application/jsonl", "application/jsonl"),
        ("application/x-ndjson, application/json;q=0.9", "application/x-ndjson"),
        ("text/csv;q=0.5, application/json;q=0.4", CSV),
        ("text/csv;q=0.5, */*;q=0.8", JSON),
        ("text/csv, */*", CSV),
        ("application/json;q=0, */*", CSV),
        ("text/html, application/xhtml+xml, */*;q=0.1", JSON),
        ("text/csv;q=2", JSON),
        ("text/csv; q = 0.7", CSV),
        ("rubbish, ;;, /", JSON),
        ("text/csv" + ", x/y" * 10_000, CSV),
    ],
)
def test_the_kind_with_the_best_quality_is_answered(accept: str | None, kind: str) -> None:
    assert best_of(accept, OFFERED) == kind


@pytest.mark.parametrize("accept", ["text/html", "text/csv;q=0", "*/*;q=0", "image/*"])
def test_a_kind_that_nobody_makes_is_refused(accept: str) -> None:
    with pytest.raises(NotAcceptable):
        best_of(accept, OFFERED)
