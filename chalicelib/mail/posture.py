"""Does something open the links of a mail before its reader does? Read from the hosts that
take mail for the reader's domain. A weak sign: scanners on the premises or behind a mail
service's API are invisible here."""

from collections.abc import Sequence
from enum import StrEnum


class Posture(StrEnum):
    SCANNED = "scanned"
    CONSUMER = "consumer"
    UNKNOWN = "unknown"


# Microsoft's mailboxes for consumers have names below that of its filter for companies, so
# they are looked for first. Google's and Yahoo's hosts for companies are not listed.
CONSUMER_HOSTS = (
    "gmail-smtp-in.l.google.com",
    "yahoodns.net",
    "mail.icloud.com",
    "olc.protection.outlook.com",
)
# Both names of Microsoft 365: new domains get the second since 2024
# (techcommunity.microsoft.com, "Implementing Inbound SMTP DANE with DNSSEC").
SCANNED_HOSTS = ("protection.outlook.com", "mx.microsoft")
# Filters with a name per country, by the label that all of them share.
SCANNER_LABELS = frozenset(
    {
        "pphosted",
        "ppe-hosted",
        "mimecast",
        "barracudanetworks",
        "iphmx",
        "messagelabs",
        "trendmicro",
    }
)


def posture_of(mx_hosts: Sequence[str]) -> Posture:
    """SCANNED when one host is a scanner, CONSUMER when all hosts are a consumer service's."""
    kinds = [_kind_of(host.lower().rstrip(".")) for host in mx_hosts]
    if Posture.SCANNED in kinds:
        return Posture.SCANNED
    all_consumer = bool(kinds) and set(kinds) == {Posture.CONSUMER}
    return Posture.CONSUMER if all_consumer else Posture.UNKNOWN


def _kind_of(host: str) -> Posture:
    if _is_below(host, CONSUMER_HOSTS):
        return Posture.CONSUMER
    if _is_below(host, SCANNED_HOSTS) or SCANNER_LABELS & set(host.split(".")[:-1]):
        return Posture.SCANNED
    return Posture.UNKNOWN


def _is_below(host: str, names: Sequence[str]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in names)
