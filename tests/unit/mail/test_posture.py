"""Who takes mail for a domain, and how long that is known."""

from datetime import datetime, timedelta

import pytest

from chalicelib import keys
from chalicelib.errors import LookupFailed, OutcomeUnknown, Unavailable
from chalicelib.invitations.invitation import Status
from chalicelib.invitations.items import from_item
from chalicelib.mail.mx import Postures
from chalicelib.mail.posture import Posture, posture_of
from chalicelib.mail.send import INVITATION, send
from chalicelib.mail.store import PostureStore
from tests.support.fakes import FakeTable
from tests.support.mailing import FakeMailer, sending
from tests.support.samples import NOW, stored_invitation


@pytest.mark.parametrize(
    "host",
    [
        "contoso-com.mail.protection.outlook.com",
        "contoso-com.mail.protection.outlook.com.",
        "CONTOSO-COM.MAIL.PROTECTION.OUTLOOK.COM",
        "protection.outlook.com",
        "contoso-com.o-v1.mx.microsoft",
        "mxa-00123456.gslb.pphosted.com",
        "mx1-us1.ppe-hosted.com",
        "eu-smtp-inbound-1.mimecast.com",
        "za-smtp-inbound-1.mimecast.co.za",
        "d12345a.ess.de.barracudanetworks.com",
        "mx1.hc1234-56.iphmx.com",
        "cluster5.eu.messagelabs.com",
        "contoso.in.tmes.trendmicro.eu",
        "xn--bcher-kva.mail.protection.outlook.com",
    ],
)
def test_a_filter_for_companies_opens_links(host: str) -> None:
    assert posture_of([host]) is Posture.SCANNED


@pytest.mark.parametrize(
    "host",
    [
        "gmail-smtp-in.l.google.com",
        "alt4.gmail-smtp-in.l.google.com",
        "mta7.am0.yahoodns.net",
        "mx01.mail.icloud.com",
        "outlook-com.olc.protection.outlook.com",
        "HOTMAIL-COM.olc.protection.outlook.com.",
    ],
)
def test_a_mailbox_of_a_private_person_is_a_consumer_s(host: str) -> None:
    assert posture_of([host]) is Posture.CONSUMER


@pytest.mark.parametrize(
    "hosts",
    [
        [],
        [""],
        ["aspmx.l.google.com"],
        ["mail.example.com"],
        ["notmimecast.com"],
        ["protection.outlook.com.example.com"],
        ["gmail-smtp-in.l.google.com.example.net"],
        ["pphosted"],
        ["xn--mimecast-7za.example"],
        ["gmail-smtp-in.l.google.com", "mail.example.com"],
    ],
)
def test_what_looks_a_little_like_either_is_unknown(hosts: list[str]) -> None:
    assert posture_of(hosts) is Posture.UNKNOWN


def test_one_scanner_among_the_hosts_is_enough() -> None:
    hosts = ["mx01.mail.icloud.com", "mail.example.com", "eu-smtp-inbound-1.mimecast.com"]
    assert posture_of(hosts) is Posture.SCANNED


class Asked:
    """A DNS that counts its questions."""

    def __init__(self, *answers: list[str] | Exception) -> None:
        self.table = FakeTable()
        self.domains: list[str] = []
        self.answers = list(answers)

    def of(self, address: str, now: datetime = NOW) -> Posture:
        return Postures(PostureStore(self.table), self._hosts).of(address, now)

    def _hosts(self, domain: str) -> list[str]:
        self.domains.append(domain)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


SCANNER = ["eu-smtp-inbound-1.mimecast.com"]


def test_a_domain_is_asked_for_once_a_week_however_it_is_spelt() -> None:
    dns = Asked(SCANNER, [])
    for address in ("a@example.com", "b@EXAMPLE.com", "c@Example.com."):
        assert dns.of(address, NOW + timedelta(days=6.9)) is Posture.SCANNED
    assert dns.domains == ["example.com"]
    assert dns.of("a@example.com", NOW + timedelta(days=14)) is Posture.UNKNOWN
    assert len(dns.domains) == 2


def test_no_host_at_all_is_an_answer_and_a_failure_is_kept_for_an_hour() -> None:
    dns = Asked([])
    dns.of("a@example.com")
    assert dns.of("a@example.com", NOW + timedelta(days=6)) is Posture.UNKNOWN
    failing = Asked(LookupFailed(), SCANNER)
    assert failing.of("a@example.com") is Posture.UNKNOWN
    assert failing.of("a@example.com", NOW + timedelta(minutes=59)) is Posture.UNKNOWN
    assert failing.of("a@example.com", NOW + timedelta(minutes=61)) is Posture.SCANNED


def test_an_item_past_its_end_does_not_count_though_it_is_still_there() -> None:
    dns = Asked(SCANNER, [])
    dns.of("a@example.com")
    assert keys.posture("example.com") in dns.table.items
    assert dns.of("a@example.com", NOW + timedelta(days=7)) is Posture.UNKNOWN


@pytest.mark.parametrize("error", [Unavailable, OutcomeUnknown])
def test_a_table_that_is_down_costs_the_memory_and_nothing_else(error: type[Exception]) -> None:
    def fail(operation: str) -> None:
        if (operation == "get") == (error is Unavailable):
            raise error

    dns = Asked(SCANNER)
    dns.table.before = fail
    assert dns.of("a@example.com") is Posture.SCANNED


def test_the_invitation_holds_it_from_the_sending_on() -> None:
    table = FakeTable()
    made = stored_invitation(table, status=Status.QUEUED, sent_at=None, asked_day=None)
    assert made.posture == "unknown"
    send(INVITATION, made.id, NOW, sending(table, FakeMailer()))
    item = table.items[keys.invitation(made.id)]
    assert (item["posture"], from_item(item).posture) == ("scanned", "scanned")
