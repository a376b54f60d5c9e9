"""Pages are packed for who takes them so; but no page that gives back what somebody typed."""

import gzip

import pytest

from tests.support.tapping import FORM, Mail

BROWSERS_SEND = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.mark.parametrize("tail", ["/9", "", "/promise"])
def test_a_page_is_packed_and_reads_the_same(mail: Mail, tail: str) -> None:
    path = f"/r/{mail.token}{tail}"
    packed = mail.heed.http.get(path, headers=BROWSERS_SEND)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    page = gzip.decompress(packed.body)
    assert page.startswith(b"<!doctype html>")
    assert len(packed.body) < 0.4 * len(page)
    assert packed.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "style-src 'sha256-" in packed.headers["Content-Security-Policy"]


@pytest.mark.parametrize("taken", ["identity", "gzip;q=0", "br"])
def test_nobody_else_gets_it_packed(mail: Mail, taken: str) -> None:
    page = mail.heed.http.get(f"/r/{mail.token}/9", headers={"Accept-Encoding": taken})
    assert "Content-Encoding" not in page.headers
    assert page.body.startswith(b"<!doctype html>")


def test_the_page_after_a_form_is_not_packed(mail: Mail) -> None:
    headers = {"Content-Type": FORM, **BROWSERS_SEND}
    form = b"score=9&comment=Typed+words"
    page = mail.heed.http.post(f"/r/{mail.token}", headers=headers, body=form)
    assert b"Typed words" in page.body
    assert "Content-Encoding" not in page.headers
