from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from chalicelib.helpdesks import wiring as helpdesks_wiring
from chalicelib.helpdesks import zendesk_sign_in
from chalicelib.helpdesks.hook import Hook
from chalicelib.notify.transport import Answer, Transport
from tests.functional.conftest import HOOK, Heed
from tests.support.inbound import API, samples
from tests.support.pulled import CLIENT, HOSTS, SECRET, Pulled, Told
from tests.support.samples import SURVEY
from tests.support.vendor import serving


@pytest.fixture
def _desks(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook of each source, at the address that the recorded deliveries name."""
    monkeypatch.setenv("HEED_BASE_URL", API)
    for source in {told.source for told in samples()}:
        helpdesks_wiring.hooks().add(Hook(source, "ten_01", SURVEY.id))


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr("time.sleep", found.append)
    return found


@pytest.fixture
def serve(heed: Heed, monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> Iterator[Told]:
    """Has a hook with an account at a help desk; its public address leads to this machine."""
    ports: dict[str, int] = {}
    post, stack = Transport.post, ExitStack()

    def here(
        by: Transport, url: str, body: bytes, headers: Mapping[str, str], method: str = "POST"
    ) -> Answer:
        found = urlsplit(url)
        assert found.scheme == "https"
        local = Transport(loopback=True, longest_answer=by.longest_answer)
        path = url.removeprefix(f"https://{found.netloc}")
        return post(local, f"http://127.0.0.1:{ports[found.netloc]}{path}", body, headers, method)

    monkeypatch.setattr(Transport, "post", here)
    monkeypatch.setattr(zendesk_sign_in, "_tokens", {})

    def made(source: str, vendor: Pulled) -> None:
        stack.enter_context(serving(vendor))
        ports[HOSTS[source]] = vendor.port
        if source != "zendesk":
            helpdesks_wiring.hooks().add(Hook(source, HOOK, SURVEY.id))
        host = HOSTS[source]
        body = {
            "subdomain": host if source == "chatwoot" else host.partition(".")[0],
            "client_id": "3" if source == "chatwoot" else CLIENT,
            "client_secret": SECRET,
        }
        answer = heed.call("PUT", f"/v1/hooks/{source}/{HOOK}/account", body)
        assert answer.status_code == 200, answer.body

    yield made
    stack.close()
