"""The brand on its page: a form with a file."""

import re
from typing import Any

import pytest

from chalicelib.brands import wiring as brands_wiring
from chalicelib.brands.brand import Brand
from chalicelib.members.role import Role
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.logos import REFUSED, gif, png
from tests.support.members import Browser, form_in, signed_in

PAGE = "/app/setup/brand"
NAME = '<b>Nørd & "Wind"</b>'


@pytest.fixture
def browser(heed: Heed) -> Browser:
    surveys_wiring.catalogue.cache_clear()
    return signed_in(heed)


def send(browser: Browser, *files: bytes, **fields: str) -> Any:
    """As a browser sends a form with a file; without one the field is there, and empty."""
    _, hidden = form_in(browser.open(PAGE))
    return browser.upload(PAGE, hidden | fields, [("logo", file) for file in files or (b"",)])


def wrong_in(answer: Any) -> list[str]:
    return re.findall(r'id="e-([^"]+)"', answer.body.decode())


def brand() -> Brand:
    return brands_wiring.brands().find()


def test_a_brand_is_made_and_shown(browser: Browser) -> None:
    answer = send(browser, png(), name=NAME, accent="#1F4E9E")
    assert answer.status_code == 303
    page = browser.follow(answer).body.decode()
    assert "Saved." in page
    assert "<b>" not in page
    logo = brand().logo
    assert logo
    assert f'<img src="/brand/{logo.file}" alt="&lt;b&gt;Nørd &amp; &#34;Wind&#34;' in page
    assert (brand().name, brand().accent) == (NAME, "#1f4e9e")
    assert browser.open(f"/brand/{logo.file}").body == png()


def test_any_byte_of_a_file_arrives_as_it_was_chosen(browser: Browser) -> None:
    every = bytes(range(256)) + b"\r\n--\r\n\r\r\n\n\x1a\x00" + bytes(reversed(range(256)))
    for data in (png() + every, png() + b"\r\n", png() + b"\n", png() + b"\r"):
        assert send(browser, data, name="N").status_code == 303
        logo = brand().logo
        assert logo
        assert brands_wiring.brands().logo(logo.digest) == data


def test_a_logo_stays_until_it_is_taken_away(browser: Browser) -> None:
    send(browser, gif(), name="Northwind")
    logo = brand().logo
    send(browser, name="Southwind")
    assert brand() == Brand("Southwind", None, logo)
    send(browser, name="Southwind", no_logo="yes")
    assert brand() == Brand("Southwind")
    assert "Heed" not in browser.open("/app/tasks").body.decode().split("<nav")[0].split("<body")[1]


@pytest.mark.parametrize("name", [name for name in REFUSED if REFUSED[name][0]])
def test_what_is_no_logo_is_refused_beside_its_field(browser: Browser, name: str) -> None:
    answer = send(browser, REFUSED[name][0], name="Northwind")
    assert (answer.status_code, wrong_in(answer)) == (422, ["logo"])
    assert 'value="Northwind"' in answer.body.decode()
    assert brand() == Brand()


def test_two_files_are_refused(browser: Browser) -> None:
    answer = send(browser, png(), gif(), name="Northwind")
    assert answer.status_code == 400
    assert "Please choose one file." in answer.body.decode()
    assert brand() == Brand()


def test_a_file_that_is_far_too_large_is_refused(browser: Browser) -> None:
    answer = send(browser, png(size=100_000), name="Northwind")
    assert answer.status_code == 400
    assert "at most 20 kB" in answer.body.decode()


def test_a_faint_colour_is_refused_with_the_nearest_that_can_be_used(browser: Browser) -> None:
    answer = send(browser, accent="#FFCC00")
    assert (answer.status_code, wrong_in(answer)) == (422, ["accent"])
    assert "1.36 to 1" in answer.body.decode()
    assert "#a88700" in answer.body.decode()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"accent": "red"}, ["accent"]),
        ({"accent": "#12345"}, ["accent"]),
        ({"name": "N" * 500}, ["name"]),
        ({"name": "Northwind\r\nBcc: x@example.com"}, ["name"]),
    ],
)
def test_what_cannot_be_used_is_said(browser: Browser, typed: dict[str, str], wrong: Any) -> None:
    answer = send(browser, **typed)
    assert (answer.status_code, wrong_in(answer)) == (422, wrong)


def test_what_turns_the_direction_is_dropped_from_a_name(browser: Browser) -> None:
    assert send(browser, name="North\u202ewind").status_code == 303
    assert brand().name == "Northwind"


def test_a_logo_without_a_name_is_refused(browser: Browser) -> None:
    assert wrong_in(send(browser, png())) == ["name"]


def test_a_form_that_came_by_parts_needs_its_token_too(browser: Browser) -> None:
    answer = browser.upload(PAGE, {"csrf": "a" * 26, "name": "Northwind"}, [("logo", png())])
    assert answer.status_code == 403
    assert brand() == Brand()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=x", b"--x\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\nno name\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x\r\nX: y", b"--x--\r\n"),
        ("multipart/form-data; boundary=\u00e9", b"--x--\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\n" + b"--x\r\n" * 5_000 + b"--x--"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=a\r\n"
            b"Content-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\n\r\n--y--\r\n--x--\r\n",
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n\xff\r\n--x--\r\n',
        ),
    ],
)
def test_parts_that_are_none_are_refused(browser: Browser, kind: str, body: bytes) -> None:
    answer = browser.send(PAGE, body, kind)
    assert answer.status_code in (400, 403)
    assert brand() == Brand()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.TEAM])
def test_who_sets_nothing_up_is_not_led_to_it(heed: Heed, role: Role) -> None:
    browser = signed_in(heed, role)
    assert browser.open(PAGE).status_code == 404
    assert PAGE not in browser.open("/app/tasks").body.decode()


def test_other_pages_take_no_parts(browser: Browser) -> None:
    answer = browser.upload("/app/setup/new-team", {"id": "x"}, [("logo", png())])
    assert answer.status_code == 400


def test_the_preview_shows_the_brand_and_fetches_nothing(browser: Browser) -> None:
    send(browser, png(), name="Northwind", accent="#1f4e9e")
    for address in re.findall(r'<iframe [^>]*src="([^"]+)"', browser.open(PAGE).body.decode()):
        shown = browser.open(address.replace("&amp;", "&"))
        assert 'src="data:image/png;base64,' in shown.body.decode()
        assert "#1f4e9e" in shown.body.decode()
        assert "img-src data:" in shown.headers["Content-Security-Policy"]
