"""The brand in the API, and the logo as a browser fetches it."""

import base64
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.api_keys.api_key import Scope
from chalicelib.brands import wiring as brands_wiring
from tests.functional.conftest import Heed
from tests.support.logos import REFUSED, TAKEN, jpeg, png
from tests.support.open_link import NOON

BRAND = "/v1/brand"
NONE = {"name": None, "accent": None, "logo": None}
RIGHT_TO_LEFT = "\u202e"


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def put(heed: Heed, **brand: Any) -> Any:
    return heed.call("PUT", BRAND, brand)


def codes(answer: Any) -> list[tuple[str, str]]:
    return [(error["pointer"], error["code"]) for error in answer.json_body["errors"]]


def file_of(heed: Heed) -> str:
    logo = brands_wiring.brands().find().logo
    assert logo
    return f"/brand/{logo.file}"


def test_there_is_none_at_first(heed: Heed) -> None:
    assert heed.call("GET", BRAND).json_body == NONE


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_put_is_what_is_shown(heed: Heed, name: str) -> None:
    brand = {"name": "Northwind IT", "accent": "#1f4e9e", "logo": text(TAKEN[name][0])}
    assert put(heed, **brand).json_body == brand
    assert heed.call("GET", BRAND).json_body == brand
    assert put(heed, **heed.call("GET", BRAND).json_body).json_body == brand


def test_what_is_left_out_is_none(heed: Heed) -> None:
    put(heed, name="Northwind IT", accent="#1F4E9E", logo=text(png()))
    assert put(heed, accent="#1F4E9E").json_body == NONE | {"accent": "#1f4e9e"}
    assert put(heed).json_body == NONE


@pytest.mark.parametrize("name", [name for name in REFUSED if REFUSED[name][0]])
def test_what_is_no_logo_is_refused(heed: Heed, name: str) -> None:
    answer = put(heed, name="Northwind IT", logo=text(REFUSED[name][0]))
    assert (answer.status_code, codes(answer)) == (409, [("#/logo", "logo_unusable")])
    assert heed.items("BRAND") == []


@pytest.mark.parametrize(
    ("brand", "pointer"),
    [
        ({"accent": "red"}, "#/accent"),
        ({"accent": "#12345"}, "#/accent"),
        ({"accent": "#12345g"}, "#/accent"),
        ({"accent": "#1f4e9e; background: url(//x)"}, "#/accent"),
        ({"accent": ""}, "#/accent"),
        ({"name": ""}, "#/name"),
        ({"name": " "}, "#/name"),
        ({"name": "Northwind\r\nBcc: x@example.com"}, "#/name"),
        ({"name": f"Northwind {RIGHT_TO_LEFT}TI"}, "#/name"),
        ({"name": "\u2066Northwind\u2069"}, "#/name"),
        ({"name": "N" * 61}, "#/name"),
        ({"name": "N" * 500}, "#/name"),
        ({"name": 7}, "#/name"),
        ({"name": "Northwind", "logo": ""}, "#/logo"),
        ({"name": "Northwind", "logo": "<svg/>"}, "#/logo"),
        ({"name": "Northwind", "logo": text(png(size=20_484))}, "#/logo"),
        ({"logo": text(png())}, "#/"),
        ({"colour": "#1f4e9e"}, "#/colour"),
    ],
)
def test_what_is_no_brand_is_refused(heed: Heed, brand: Any, pointer: str) -> None:
    answer = put(heed, **brand)
    assert answer.status_code == 422
    assert [place for place, _ in codes(answer)] == [pointer]


def test_a_faint_colour_is_refused_with_its_contrast_and_the_nearest_that_can_be_used(
    heed: Heed,
) -> None:
    answer = put(heed, accent="#FFCC00")
    assert (answer.status_code, codes(answer)) == (409, [("#/accent", "accent_faint")])
    (error,) = answer.json_body["errors"]
    assert error["detail"] == (
        "#ffcc00 has a contrast of 1.36:1 with the page, and needs 3:1."
        " The nearest that can be used is #a88700."
    )
    assert put(heed, accent="#a88700").status_code == 200


def test_a_key_of_some_surveys_changes_no_brand(heed: Heed) -> None:
    key = heed.make_key(*Scope, surveys=["it-help-desk"])
    assert heed.call("PUT", BRAND, {}, key=key).status_code == 403
    reader = heed.make_key(Scope.SURVEYS_READ)
    assert heed.call("PUT", BRAND, {}, key=reader).status_code == 403
    assert heed.call("GET", BRAND, key=reader).status_code == 200


def test_a_change_is_in_the_history(heed: Heed) -> None:
    put(heed, name="Northwind IT")
    (change,) = heed.call("GET", "/v1/history").json_body["items"]
    assert (change["act"], change["what"]) == ("put_brand", BRAND)


def test_a_browser_fetches_the_logo_once_and_keeps_it(heed: Heed) -> None:
    put(heed, name="Northwind IT", logo=text(jpeg()))
    answer = heed.open(file_of(heed))
    assert (answer.status_code, answer.body) == (200, jpeg())
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "file", ["x.png", f"{'0' * 32}.png", f"{'0' * 32}.svg", f"{'0' * 31}G.png", "..%2Fapp"]
)
def test_what_is_no_logo_is_not_there(heed: Heed, file: str) -> None:
    assert heed.open(f"/brand/{file}").status_code == 404


def test_no_line_of_a_log_tells_that_somebody_fetched_it(heed: Heed, capsys: Any) -> None:
    put(heed, name="Northwind IT", logo=text(png()))
    capsys.readouterr()
    for path in (file_of(heed), "/brand/x.png"):
        heed.open(path)
    assert "show_logo" not in "".join(capsys.readouterr())


def test_a_logo_that_another_replaced_stays_for_a_day(heed: Heed) -> None:
    with time_machine.travel(NOON, tick=False):
        put(heed, name="Northwind IT", logo=text(png()))
        put(heed, name="Northwind IT", logo=text(jpeg()))
    ends = {item["SK"]: item.get("expires_at") for item in heed.stored() if "data" in item}
    day = int((NOON + timedelta(days=1)).timestamp())
    assert sorted(ends.values(), key=str) == [day, None]
    put(heed, name="Northwind IT", logo=text(png()))
    back = [item for item in heed.stored() if item.get("data") == text(png())]
    assert "expires_at" not in back[0]
