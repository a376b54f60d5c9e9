"""Mail domains asked for at a DNS server on loopback, with all that a DNS server does."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from chalicelib.dns import LONGEST_S, MxLookup
from chalicelib.errors import LookupFailed
from chalicelib.invitations.invitation import Status
from chalicelib.invitations.items import from_item
from chalicelib.mail.mx import Postures
from chalicelib.mail.send import INVITATION, send
from chalicelib.mail.store import PostureStore
from tests.support.fakes import FakeTable
from tests.support.mailing import FakeMailer, sending
from tests.support.samples import NOW, stored_invitation

ZONE = {
    "scanned.example.": ["10 eu-smtp-inbound-1.MIMECAST.com.", "20 mail.example."],
    "consumer.example.": ["5 gmail-smtp-in.l.google.com."],
    "own.example.": ["10 mail.own.example."],
    "null.example.": ["0 ."],
    "none.example.": [],
    "xn--bcher-kva.example.": ["0 xn--bcher-kva-example.mail.protection.outlook.com."],
}
SILENT, BROKEN, NONSENSE = "silent.example.", "servfail.example.", "nonsense.example."


class Server:
    def __init__(self) -> None:
        self.asked: list[str] = []
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    @property
    def resolver(self) -> dns.resolver.Resolver:
        made = dns.resolver.Resolver(configure=False)
        made.nameservers = ["127.0.0.1"]
        made.port = self.socket.getsockname()[1]
        return made

    def stop(self) -> None:
        self.socket.sendto(b"", self.socket.getsockname())
        self.thread.join(5)
        self.socket.close()

    def _serve(self) -> None:
        while True:
            raw, client = self.socket.recvfrom(4096)
            if not raw:
                return
            query = dns.message.from_wire(raw)
            name = query.question[0].name.to_text().lower()
            self.asked.append(name)
            if name == NONSENSE:
                self.socket.sendto(raw[:2] + b"\xff" * 20, client)
            elif name != SILENT:
                self.socket.sendto(self._answer(query, name).to_wire(), client)

    def _answer(self, query: dns.message.Message, name: str) -> dns.message.Message:
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        if name == BROKEN:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif name not in ZONE:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif ZONE[name]:
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "MX", *ZONE[name]))
        return answer


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.stop()


@pytest.mark.parametrize(
    ("domain", "hosts"),
    [
        ("scanned.example", ["eu-smtp-inbound-1.MIMECAST.com", "mail.example"]),
        ("SCANNED.example.", ["eu-smtp-inbound-1.MIMECAST.com", "mail.example"]),
        ("null.example", []),
        ("none.example", []),
        ("bücher.example", ["xn--bcher-kva-example.mail.protection.outlook.com"]),
    ],
)
def test_the_hosts_of_a_domain_are_found(server: Server, domain: str, hosts: list[str]) -> None:
    assert sorted(MxLookup(server.resolver).hosts(domain)) == sorted(hosts)


@pytest.mark.parametrize(
    "domain",
    [
        "silent.example",
        "servfail.example",
        "nonsense.example",
        "nowhere.example",
        "a..example",
        "x" * 64 + ".example",
        "",
    ],
)
def test_a_failure_comes_within_a_second(server: Server, domain: str) -> None:
    began = time.monotonic()
    with suppress(LookupFailed):
        assert MxLookup(server.resolver).hosts(domain) == []
    assert time.monotonic() - began < LONGEST_S + 0.5


def test_a_machine_without_a_network_fails_quickly() -> None:
    nowhere = dns.resolver.Resolver(configure=False)
    nowhere.nameservers, nowhere.port = ["127.0.0.1"], 1
    began = time.monotonic()
    with pytest.raises(LookupFailed):
        MxLookup(nowhere).hosts("example.com")
    assert time.monotonic() - began < LONGEST_S + 0.5


def test_a_machine_without_resolvers_fails_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    def unconfigured(self: dns.resolver.Resolver, filename: str) -> None:
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr(dns.resolver.Resolver, "read_resolv_conf", unconfigured)
    with pytest.raises(LookupFailed):
        MxLookup().hosts("example.com")


@pytest.mark.parametrize(
    ("address", "posture"),
    [
        ("a@scanned.example", "scanned"),
        ("a@SCANNED.EXAMPLE", "scanned"),
        ("a@consumer.example", "consumer"),
        ("a@own.example", "unknown"),
        ("a@null.example", "unknown"),
        ("a@none.example", "unknown"),
        ("a@xn--bcher-kva.example", "scanned"),
        ("a@nowhere.example", "unknown"),
        ("a@servfail.example", "unknown"),
        ("a@nonsense.example", "unknown"),
        ("a@silent.example", "unknown"),
    ],
)
def test_the_mail_goes_out_whatever_the_dns_says(
    server: Server, address: str, posture: str
) -> None:
    table, mailer = FakeTable(), FakeMailer()
    asks = Postures(PostureStore(table), MxLookup(server.resolver).hosts)
    made = stored_invitation(
        table, email=address, status=Status.QUEUED, sent_at=None, asked_day=None
    )
    assert send(INVITATION, made.id, NOW, sending(table, mailer, asks.of)) == "sent"
    (item,) = [item for item in table.items.values() if item["SK"] == "INVITE"]
    assert from_item(item).posture == posture
    assert len(mailer.sent) == 1


def test_the_next_mail_to_a_domain_asks_nobody(server: Server) -> None:
    table = FakeTable()
    asks = Postures(PostureStore(table), MxLookup(server.resolver).hosts)
    for name in ("one", "two"):
        asks.of(f"{name}@scanned.example", NOW)
    assert server.asked == ["scanned.example."]
