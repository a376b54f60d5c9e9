"""The parts of the reference page: packed, kept for a year by their content, or not shown."""

import gzip
import hashlib
import re

import pytest

from chalicelib.web import static_files
from tests.functional.conftest import Heed

PARTS = sorted(static_files.parts_of_page())


@pytest.fixture(autouse=True)
def _forget() -> None:
    static_files.document.cache_clear()


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("taken", ["gzip", "br, GZIP;q=0.5", "*", "deflate, gzip, br"])
def test_a_part_is_packed_for_who_takes_it(heed: Heed, name: str, taken: str) -> None:
    plain = heed.call("GET", f"/v1/docs/{name}")
    packed = heed.call("GET", f"/v1/docs/{name}", Accept_Encoding=taken)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert {part.headers["Vary"] for part in (plain, packed)} == {"Accept-Encoding"}
    assert len(packed.body) < len(plain.body)


@pytest.mark.parametrize("taken", ["", "identity", "gzip;q=0", "br", "*;q=0", "gzip;q=0, *"])
def test_nobody_else_gets_it_packed(heed: Heed, taken: str) -> None:
    part = heed.call("GET", f"/v1/docs/{PARTS[0]}", Accept_Encoding=taken)
    assert "Content-Encoding" not in part.headers


def test_a_part_is_kept_for_a_year_under_the_hash_of_its_content(heed: Heed) -> None:
    page = heed.call("GET", "/v1/docs")
    named = re.findall(r'(?:src|href)="docs/([^"]+)"', page.body.decode())
    assert sorted(named) == PARTS
    for name in named:
        part = heed.call("GET", f"/v1/docs/{name}")
        assert part.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert name.split(".")[1] == hashlib.sha256(part.body).hexdigest()[:16]
    assert page.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/v1/docs", "/v1/openapi.json", f"/v1/docs/{PARTS[0]}"])
def test_the_operator_can_show_none_of_it(
    heed: Heed, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    assert heed.http.get(path).status_code == 200
    static_files.document.cache_clear()
    monkeypatch.setenv("HEED_DOCS", "no")
    assert heed.http.get(path).status_code == 404
    assert heed.call("GET", "/v1/health").status_code == 200
