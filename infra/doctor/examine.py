"""Looks at all that a stack on AWS needs to send mail and to be reached."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from chalicelib.errors import LookupFailed
from infra.deploy import Target
from infra.doctor import domain, house, mail
from infra.doctor.finding import Check, Finding, looked_at, warning
from infra.doctor.records import Records
from infra.errors import OperatorError

OUTPUT_OF: Final = {"configuration set": "ConfigurationSet", "alarms": "AlarmTopic"}


def examine(target: Target, dns: Records, now: datetime) -> Iterator[Finding]:
    """Raises OperatorError when there is no such stack."""
    found = _stack(target)
    outputs = {one["OutputKey"]: one["OutputValue"] for one in found.get("Outputs", [])}
    given = {one["ParameterKey"]: one["ParameterValue"] for one in found["Parameters"]}
    name, certificate = given.get("DomainName", ""), given.get("CertificateArn", "")
    client = target.client
    checks: dict[str, Check] = {
        "stack": lambda: house.stack(found, outputs),
        "account": lambda: mail.account(client("sesv2")),
        "configuration set": lambda: mail.configuration(
            client("sesv2"), outputs[OUTPUT_OF["configuration set"]]
        ),
        "identity": lambda: _sender(client("sesv2"), given["MailFromAddress"], dns),
        "alarms": lambda: house.alarms(client("sns"), outputs[OUTPUT_OF["alarms"]]),
        "domain": lambda: _asked(
            "domain",
            lambda: house.own_domain(
                name, certificate, client("apigateway"), client("acm"), dns, now
            ),
        ),
    }
    for what, check in checks.items():
        # Without it the stack is a problem already.
        if what not in OUTPUT_OF or OUTPUT_OF[what] in outputs:
            yield from looked_at(what, check)


def _stack(target: Target) -> dict[str, Any]:
    from botocore.exceptions import ClientError

    try:
        (found,) = target.client("cloudformation").describe_stacks(StackName=target.stack)["Stacks"]
    except ClientError as error:
        if "does not exist" in str(error):
            raise OperatorError(f"There is no stack {target.stack} in this region.") from error
        raise OperatorError(f"AWS does not tell: {error.response['Error']['Code']}.") from error
    return dict(found)


def _sender(ses: Any, address: str, dns: Records) -> Iterator[Finding]:
    found = mail.identity_of(ses, address)
    yield from mail.identity(address, found)
    sender, region = address.rpartition("@")[2], ses.meta.region_name
    if found:
        verified = found[0].rpartition("@")[2]
        yield from _asked("DKIM", lambda: domain.dkim(verified, found[1], dns))
        yield from _asked("SPF", lambda: domain.spf(verified, region, found[1], dns))
    yield from _asked("DMARC", lambda: domain.dmarc(sender, dns))


def _asked(what: str, check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from check()
    except LookupFailed:
        yield warning(what, "The DNS does not answer from here.", "Run it where it does.")
