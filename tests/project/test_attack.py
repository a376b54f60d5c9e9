"""make attack notices what gets through."""

from tests.attack.texts import _adds_nothing
from tests.attack.tried import summary, tried
from tests.support.outside import Answer


def page(body: str) -> Answer:
    return Answer(200, {}, f"<html><body><p>{body}</p></body></html>")


def test_a_page_with_a_new_tag_or_a_computed_number_is_an_attack_that_worked() -> None:
    assert _adds_nothing(page("so"), page("&lt;script&gt;"))
    assert not _adds_nothing(page("so"), page("<script>alert(1)</script>"))
    assert not _adds_nothing(page("so"), page("<b onclick=x>"))
    assert not _adds_nothing(page("so"), page("62615533"))


def test_a_failure_of_the_service_stops_nothing() -> None:
    failed = tried("table", "GET /", Answer(503, {}, ""), stopped=True)
    assert not failed.stopped
    assert "through: table: GET / (503)" in summary([failed])
