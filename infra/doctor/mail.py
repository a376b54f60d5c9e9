"""Whether SES sends what the stack gives it: the account, its sandbox, quota and suppression list,
and the identity of the sender."""

from collections.abc import Iterator
from typing import Any, Final

from infra.doctor.finding import Finding, ok, problem, warning

MUCH: Final = 0.8  # of the quota
REASONS: Final = {"BOUNCE", "COMPLAINT"}


def account(ses: Any) -> Iterator[Finding]:
    """`ses` is a client of sesv2."""
    found = ses.get_account()
    yield _sandbox(found)
    yield _standing(found)
    yield _quota(found["SendQuota"])
    yield _suppression(found)


def _sandbox(found: dict[str, Any]) -> Finding:
    if found["ProductionAccessEnabled"]:
        return ok("sandbox", "The account may write to everybody.")
    asked = found.get("Details", {}).get("ReviewDetails", {}).get("Status")
    says = "The account is in the sandbox: it may write to verified addresses alone."
    if asked == "PENDING":
        return problem("sandbox", says, "AWS is looking at your request. Wait for its answer.")
    return problem("sandbox", says, "Ask for production access: docs/aws.md, step 5.")


def _standing(found: dict[str, Any]) -> Finding:
    status = found["EnforcementStatus"]
    if not found["SendingEnabled"] or status == "SHUTDOWN":
        do = "Read what AWS wrote to the account, and answer it in the SES console."
        return problem("sending", f"AWS has stopped the sending ({status}).", do)
    if status == "PROBATION":
        do = "Find the source of bounces and complaints before AWS stops the sending."
        return warning("sending", "The account is under review.", do)
    return ok("sending", "The account may send.")


def _quota(quota: dict[str, float]) -> Finding:
    most, sent = quota["Max24HourSend"], quota["SentLast24Hours"]
    says = f"{sent:.0f} of {most:.0f} mails in 24 hours, {quota['MaxSendRate']:.0f} a second."
    if most < 0:
        return ok("quota", "No limit.")
    if sent >= MUCH * most:
        do = "Ask for more in Service Quotas. Mails beyond it wait and are tried again each hour."
        return warning("quota", says, do)
    return ok("quota", says)


def _suppression(found: dict[str, Any]) -> Finding:
    kept = set(found.get("SuppressionAttributes", {}).get("SuppressedReasons", []))
    if missing := sorted(REASONS - kept):
        return warning(
            "suppression list",
            f"SES does not keep addresses for {' and '.join(missing)}.",
            "aws sesv2 put-account-suppression-attributes --suppressed-reasons BOUNCE COMPLAINT",
        )
    return ok("suppression list", "SES writes no more to who bounced or complained.")


def configuration(ses: Any, name: str) -> Iterator[Finding]:
    """The configuration set, by which mails leave and bounces are heard of."""
    if ses.get_configuration_set(ConfigurationSetName=name)["SendingOptions"]["SendingEnabled"]:
        yield ok("configuration set", "It sends.")
    else:
        do = (
            "aws sesv2 put-configuration-set-sending-options"
            f" --configuration-set-name {name} --sending-enabled"
        )
        yield problem("configuration set", "Its sending is paused.", do)
    found = ses.get_configuration_set_event_destinations(ConfigurationSetName=name)
    heard = {
        kind
        for one in found.get("EventDestinations", [])
        if one.get("Enabled") and "EventBridgeDestination" in one
        for kind in one["MatchingEventTypes"]
    }
    if missing := sorted(REASONS - heard):
        do = "make deploy of this release brings it back."
        yield problem("bounces", f"SES does not tell of {' and '.join(missing)}.", do)
    else:
        yield ok("bounces", "SES tells of bounces and complaints.")


def identity_of(ses: Any, address: str) -> tuple[str, dict[str, Any]] | None:
    """SES takes that of the address before that of its domain, and that before one above."""
    labels = address.rpartition("@")[2].split(".")
    above = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    for name in (address, *above):
        try:
            return name, ses.get_email_identity(EmailIdentity=name)
        except ses.exceptions.NotFoundException:
            continue
    return None


def identity(address: str, found: tuple[str, dict[str, Any]] | None) -> Iterator[Finding]:
    domain = address.rpartition("@")[2]
    if found is None:
        do = f"aws sesv2 create-email-identity --email-identity {domain}"
        yield problem("identity", f"Neither {address} nor {domain} is an identity here.", do)
    elif not found[1]["VerifiedForSendingStatus"]:
        do = "Publish the three DKIM records of docs/aws.md, step 2, or open the mail of AWS."
        yield problem("identity", f"{found[0]} is not verified yet.", do)
    elif "@" in found[0]:
        do = f"Verify {domain} instead, so that DKIM and SPF are those of your domain."
        yield warning("identity", f"{found[0]} is verified as an address alone.", do)
    else:
        yield ok("identity", f"{found[0]} is verified.")
