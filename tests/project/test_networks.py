"""Networks are data with a date and a source, and a script brings them up to date."""

import json
import re
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from chalicelib.networks import DATA, Network, network_of
from infra.networks import SourceRejected, refresh

SAID: dict[str, Any] = {
    "/amazon": {
        "prefixes": [
            {"ip_prefix": "198.18.0.0/16", "service": "EC2"},
            {"ip_prefix": "198.19.0.0/16", "service": "EC2"},
            {"ip_prefix": "203.0.113.0/24", "service": "S3"},
        ],
        "ipv6_prefixes": [{"ipv6_prefix": "2001:db8::/40", "service": "EC2"}],
    },
    "/google": {"prefixes": [{"ipv4Prefix": "192.0.2.0/24"}, {"ipv6Prefix": "2001:db8:1::/48"}]},
    "/microsoft": [
        {"id": 1, "ips": ["40.92.0.0/15"]},
        {"id": 2},
        {"id": 3, "ips": ["52.100.0.0/14"]},
    ],
}


class Publisher(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps(SAID[self.path]).encode() if self.path in SAID else b"<html>"
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def published() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Publisher) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def written(folder: Path, **sources: str) -> Path:
    """A file with one source for each format, and one that nobody publishes."""
    kept = {"name": "seen", "network": "scanner", "source": "a report", "date": "2026-01-01"}
    rows = [kept | {"prefixes": ["72.145.0.0/16"]}]
    for format_, address in sources.items():
        row = {"name": format_, "network": "cloud", "source": address, "format": format_}
        rows.append(row | {"date": "2026-01-01", "prefixes": ["192.0.2.0/25"]})
    path = folder / "networks.json"
    path.write_text(json.dumps({"sources": rows}))
    return path


def test_what_is_published_is_refreshed_and_the_rest_stays(published: str, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        amazon=f"{published}/amazon",
        google=f"{published}/google",
        microsoft_365=f"{published}/microsoft",
    )
    assert refresh(path, "2026-11-28") == ["amazon", "google", "microsoft_365"]
    found = {row["name"]: row for row in json.loads(path.read_text())["sources"]}
    assert found["seen"] == {**found["seen"], "date": "2026-01-01", "prefixes": ["72.145.0.0/16"]}
    assert found["amazon"]["prefixes"] == ["198.18.0.0/15", "2001:db8::/40"]
    assert found["google"]["prefixes"] == ["192.0.2.0/24", "2001:db8:1::/48"]
    assert found["microsoft_365"]["prefixes"] == ["40.92.0.0/15", "52.100.0.0/14"]
    assert {row["date"] for name, row in found.items() if name != "seen"} == {"2026-11-28"}


@pytest.mark.parametrize("address", ["{0}/nothing", "http://127.0.0.1:9/closed", "{0}/microsoft"])
def test_a_source_that_fails_is_named_and_changes_nothing(
    published: str, tmp_path: Path, address: str
) -> None:
    path = written(tmp_path, google=f"{published}/google", amazon=address.format(published))
    before = path.read_text()
    with pytest.raises(SourceRejected, match=r"^amazon: ."):
        refresh(path, "2026-11-28")
    assert path.read_text() == before


def test_a_list_that_lost_nearly_everything_is_refused(published: str, tmp_path: Path) -> None:
    path = written(tmp_path, google=f"{published}/google")
    path.write_text(path.read_text().replace("192.0.2.0/25", "10.0.0.0/8"))
    with pytest.raises(SourceRejected, match="hardly any"):
        refresh(path, "2026-11-28")


def test_each_source_has_a_date_an_origin_and_ranges_of_its_own() -> None:
    for source in json.loads(DATA.read_text())["sources"]:
        assert date.fromisoformat(source["date"])
        assert re.match(r"https://", source["source"])
        assert source["network"] in ("scanner", "cloud")
        assert len(set(source["prefixes"])) == len(source["prefixes"]) > 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        *(
            (address, Network.SCANNER)
            for address in ("72.145.0.1", "72.152.255.255", "4.182.160.9")
        ),
        *((address, Network.SCANNER) for address in ("48.209.3.4", "20.72.100.79", "40.94.20.7")),
        *((address, Network.CLOUD) for address in ("3.5.6.7", "34.64.0.1", "52.0.0.1")),
        *((address, Network.OTHER) for address in ("20.72.100.80", "4.182.161.0", "72.146.0.0")),
        *((address, Network.OTHER) for address in ("", "x", "2001:db8::1", "1.2.3", "1.2.3.4.5")),
    ],
)
def test_an_address_belongs_to_its_network(address: str, network: Network) -> None:
    assert network_of(address) is network
