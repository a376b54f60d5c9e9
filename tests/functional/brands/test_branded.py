"""Mails and pages with a brand, as their readers get them."""

import base64
import hashlib
import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from chalicelib.mail import wiring as mail_wiring
from chalicelib.mail.letter import LetterContext, invitation_letter, reminder_letter
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.logos import png
from tests.support.samples import SURVEY, invitation
from tests.support.tapping import Mail

NAME = 'Nørd & "Wind" <IT>'
LOGO = png(size=20_480)


@pytest.fixture
def branded(heed: Heed) -> Heed:
    logo = base64.b64encode(LOGO).decode()
    heed.call("PUT", "/v1/brand", {"name": NAME, "accent": "#0d8aee", "logo": logo})
    surveys_wiring.catalogue.cache_clear()
    return heed


def mail_of(kind: Any = invitation_letter) -> EmailMessage:
    raw = kind(LetterContext(invitation(), SURVEY), mail_wiring.sender())
    return message_from_bytes(raw, policy=default)


def html_of(message: EmailMessage) -> str:
    return str(message.get_body(("html",)).get_content())  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", [invitation_letter, reminder_letter])
def test_a_mail_brings_its_logo_and_fetches_nothing(branded: Heed, kind: Any) -> None:
    message = mail_of(kind)
    text, related = message.iter_parts()
    assert message.get_content_type() == "multipart/alternative"
    assert (text.get_content_type(), related.get_content_type()) == (
        "text/plain",
        "multipart/related",
    )
    html, picture = related.iter_parts()
    assert html.get_content_type() == "text/html"
    assert picture.get_content_type() == "image/png"
    assert picture.get_content_disposition() == "inline"
    assert picture.get_content() == LOGO
    (source,) = re.findall(r'<img src="([^"]+)"', html.get_content())
    assert source == f"cid:{picture['Content-ID'].strip('<>')}"
    assert not message.defects
    assert not re.findall(r"(?:src|background)=\"http|url\(", html.get_content())


def test_the_name_stands_in_for_the_logo_and_is_text(branded: Heed) -> None:
    html = html_of(mail_of())
    assert 'alt="Nørd &amp; &#34;Wind&#34; &lt;IT&gt;"' in html
    assert "color:#0b70c1" in html
    assert "#0b6a5e" not in html


def test_the_text_of_a_mail_is_the_same_with_a_brand(heed: Heed) -> None:
    def text() -> str:
        surveys_wiring.catalogue.cache_clear()
        return str(mail_of().get_body(("plain",)).get_content())  # type: ignore[union-attr]

    before = text()
    heed.call("PUT", "/v1/brand", {"name": NAME, "accent": "#0d8aee"})
    assert text() == before
    assert "multipart/related" not in mail_of().as_string()


def test_a_mail_without_a_brand_has_no_picture_and_heed_s_colour(heed: Heed) -> None:
    message = mail_of()
    assert [part.get_content_type() for part in message.iter_parts()] == [
        "text/plain",
        "text/html",
    ]
    assert "<img" not in html_of(message)
    assert "color:#0b6a5e" in html_of(message)


def opened(heed: Heed) -> dict[str, Any]:
    mail = Mail(heed, None)
    paths = [f"/r/{mail.token}", f"/r/{mail.token}/9", f"/promise/{SURVEY.id}", "/r/nobody"]
    return {path: heed.open(path) for path in paths}


def test_a_page_shows_the_logo_from_its_own_host_and_the_colour(branded: Heed) -> None:
    for path, answer in opened(branded).items():
        html, policy = answer.body.decode(), answer.headers["Content-Security-Policy"]
        (source,) = re.findall(r'<img src="([^"]+)"', html)
        assert branded.open(source).body == LOGO, path
        assert "img-src 'self' data:;" in policy
        assert "--accent: #0d8aee" in html
        assert "Nørd &amp; &#34;Wind&#34; &lt;IT&gt;" in html
        assert len(answer.body) < 30_000
        (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_the_address_of_the_logo_tells_nothing_of_who_asks(branded: Heed) -> None:
    sources = {
        re.findall(r'<img src="([^"]+)"', page.body.decode())[0]
        for page in opened(branded).values()
    }
    assert len(sources) == 1
    assert re.fullmatch(r"/brand/[0-9a-f]{32}\.png", sources.pop())


def test_a_page_without_a_brand_may_fetch_no_picture(heed: Heed) -> None:
    for answer in opened(heed).values():
        assert b"<img" not in answer.body
        assert "img-src data:;" in answer.headers["Content-Security-Policy"]


def test_a_page_is_shown_though_the_brand_cannot_be_read(
    branded: Heed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: object) -> object:
        raise RuntimeError("no brand")

    monkeypatch.setattr("chalicelib.surveys.catalogue.Catalogue.brand", fail)
    for answer in opened(branded).values():
        assert answer.status_code in (200, 404)
        assert b"--accent: #0b6a5e" in answer.body
