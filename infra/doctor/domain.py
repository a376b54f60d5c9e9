"""Whether receivers believe that a mail is from the sender's domain: DKIM, SPF and DMARC, as SES
and the DNS tell."""

from collections.abc import Iterator
from typing import Any, Protocol

from infra.doctor.finding import Finding, ok, problem, warning

SPF = "v=spf1 include:amazonses.com ~all"


class Dns(Protocol):
    def txt(self, name: str) -> list[str]: ...
    def names(self, name: str, kind: str) -> list[str]: ...


def dkim(domain: str, found: dict[str, Any], dns: Dns) -> Iterator[Finding]:
    """`found` is the identity."""
    signing = found.get("DkimAttributes", {})
    wanted = _dkim_records(domain, signing)
    missing = {name: to for name, to in wanted.items() if to not in dns.names(name, "CNAME")}
    if not signing.get("SigningEnabled"):
        do = "aws sesv2 put-email-identity-dkim-attributes --signing-enabled --email-identity "
        yield problem("DKIM", "SES does not sign.", do + domain)
    elif missing:
        do = "Publish " + ", ".join(f"{name} CNAME {to}" for name, to in missing.items())
        yield problem("DKIM", f"{len(missing)} of {len(wanted)} records are missing.", do)
    elif signing.get("Status") != "SUCCESS":
        do = "Wait: AWS looks again within hours, for three days."
        yield warning("DKIM", f"SES says {signing.get('Status', 'nothing')}.", do)
    else:
        yield ok("DKIM", f"Mails are signed by {domain}.")


def _dkim_records(domain: str, signing: dict[str, Any]) -> dict[str, str]:
    """None when the key is the operator's own: then SES names no tokens to publish."""
    if signing.get("SigningAttributesOrigin") == "EXTERNAL":
        return {}
    zone = signing.get("SigningHostedZone", "dkim.amazonses.com")
    tokens = signing.get("Tokens", [])
    return {f"{token}._domainkey.{domain}": f"{token}.{zone}" for token in tokens}


def spf(domain: str, region: str, found: dict[str, Any], dns: Dns) -> Iterator[Finding]:
    """SES sends from a name of its own unless it has one of the domain (MAIL FROM)."""
    mail_from = found.get("MailFromAttributes", {}).get("MailFromDomain")
    if not mail_from:
        yield warning(
            "SPF",
            "SES sends from its own domain, so SPF speaks for that. DKIM alone speaks for yours.",
            "aws sesv2 put-email-identity-mail-from-attributes"
            f" --email-identity {domain} --mail-from-domain mail.{domain}",
        )
        return
    server = f"feedback-smtp.{region}.amazonses.com"
    lacking = []
    if server not in dns.names(mail_from, "MX"):
        lacking.append(f"{mail_from} MX 10 {server}")
    if not any(_lets_ses_send(text) for text in dns.txt(mail_from)):
        lacking.append(f'{mail_from} TXT "{SPF}"')
    if lacking:
        do = "Publish " + ", ".join(lacking)
        yield problem("SPF", f"Records of {mail_from} are missing.", do)
    elif (status := found["MailFromAttributes"]["MailFromDomainStatus"]) != "SUCCESS":
        do = "Wait: AWS looks again within hours, for three days."
        yield warning("SPF", f"SES says {status} of {mail_from}.", do)
    else:
        yield ok("SPF", f"Mails come from {mail_from}.")


def dmarc(domain: str, dns: Dns) -> Iterator[Finding]:
    """The policy of the domain, or that of the domain above it."""
    labels = domain.split(".")
    above = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    for name in above:
        texts = [text for text in dns.txt(f"_dmarc.{name}") if _tags(text).get("v") == "DMARC1"]
        if len(texts) == 1 and "p" in (tags := _tags(texts[0])):
            yield _policy(name, tags)
            return
        if texts:
            do = "Leave one record, as docs/aws.md shows it."
            yield problem("DMARC", f"_dmarc.{name} is not one valid record.", do)
            return
    yield problem(
        "DMARC",
        f"{domain} has no record. Large receivers refuse mail in numbers without it.",
        f'Publish _dmarc.{domain} TXT "v=DMARC1; p=none; rua=mailto:dmarc@{domain}"',
    )


def _policy(name: str, tags: dict[str, str]) -> Finding:
    if tags["p"] == "none":
        do = "When the reports show only your mail: p=quarantine, later p=reject."
        return warning("DMARC", f"{name} asks receivers to do nothing (p=none).", do)
    return ok("DMARC", f"{name} has p={tags['p']}.")


def _tags(text: str) -> dict[str, str]:
    parts = (part.partition("=") for part in text.split(";") if "=" in part)
    return {name.strip().lower(): value.strip() for name, _, value in parts}


def _lets_ses_send(text: str) -> bool:
    words = text.lower().split()
    return words[:1] == ["v=spf1"] and "include:amazonses.com" in words
