"""Whether the stack is whole, its alarms are heard, and its own domain leads to it."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from infra.doctor.finding import Finding, ok, problem, warning

SOON: Final = timedelta(days=30)
# ACM renews by itself, 60 days before the end.
OUTPUTS: Final = (
    "ApiAddress",
    "TableName",
    "BallotTable",
    "BusName",
    "TokenKeys",
    "PersonKey",
    "HookSecrets",
    "ConfigurationSet",
    "AlarmTopic",
)


class Dns(Protocol):
    def names(self, name: str, kind: str) -> list[str]: ...
    def addresses(self, name: str) -> set[str]: ...


def stack(found: Mapping[str, Any], outputs: Mapping[str, str]) -> Iterator[Finding]:
    """`found` as CloudFormation describes it."""
    status = found["StackStatus"]
    missing = [name for name in OUTPUTS if not outputs.get(name)]
    if missing:
        says = f"It does not say {', '.join(missing)}."
        yield problem("stack", says, "make deploy of this release brings it.")
    elif status.endswith("_IN_PROGRESS"):
        yield warning("stack", f"A deploy goes on ({status}).", "Wait until it is over.")
    elif status in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        yield ok("stack", f"{status}, at {outputs['ApiAddress']}")
    else:
        do = "aws cloudformation describe-stack-events tells why; then make deploy again."
        yield problem("stack", f"The last deploy ended as {status}.", do)


def alarms(sns: Any, topic: str) -> Iterator[Finding]:
    pages = sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic)
    arns = [one["SubscriptionArn"] for page in pages for one in page["Subscriptions"]]
    heard = [arn for arn in arns if arn.startswith("arn:")]
    if heard:
        yield ok("alarms", f"{len(heard)} subscribed.")
    elif arns:
        do = "Open the mail of AWS Notifications and confirm. After three days: subscribe again."
        yield problem("alarms", "The address is not confirmed.", do)
    else:
        do = "HEED_ALARM_EMAIL=you@example.com make deploy STAGE=..."
        yield problem("alarms", "Nobody is told of alarms.", do)


def own_domain(
    name: str, certificate: str, client: Any, acm: Any, dns: Dns, now: datetime
) -> Iterator[Finding]:
    """`client` is one of apigateway. Empty when there is no domain of its own."""
    if not name:
        yield ok("domain", "None: links name the API's own address.")
        return
    try:
        found = client.get_domain_name(domainName=name)
    except client.exceptions.NotFoundException:
        do = "make deploy, with HEED_DOMAIN_NAME and HEED_CERTIFICATE_ARN."
        yield problem("domain", f"API Gateway does not know {name}.", do)
        return
    target = found["regionalDomainName"].lower()
    if found.get("domainNameStatus", "AVAILABLE") != "AVAILABLE":
        says = f"{name}: {found['domainNameStatus']}. {found.get('domainNameStatusMessage', '')}"
        yield warning("domain", says.strip(), "Wait some minutes.")
    elif not _leads_to(name, target, dns):
        do = f"Publish {name} CNAME {target}"
        yield problem("domain", f"{name} does not lead to the API.", do)
    else:
        yield ok("domain", f"{name} leads to the API.")
    described = acm.describe_certificate(CertificateArn=certificate)["Certificate"]
    yield _certificate(described, name, now)


def _leads_to(name: str, target: str, dns: Dns) -> bool:
    # An alias of Route 53 has the addresses of its target, and no CNAME.
    if target in dns.names(name, "CNAME"):
        return True
    own = dns.addresses(name)
    return bool(own) and own <= dns.addresses(target)


def _certificate(found: Mapping[str, Any], name: str, now: datetime) -> Finding:
    status, ends = found["Status"], found.get("NotAfter")
    names = [found["DomainName"], *found.get("SubjectAlternativeNames", [])]
    wildcard = f"*.{name.partition('.')[2]}"
    if status != "ISSUED":
        do = "Publish the CNAME that ACM names, and leave it: docs/aws.md, step 6."
        return problem("certificate", f"ACM says {status}.", do)
    if not {name, wildcard} & set(names):
        return problem("certificate", f"It is not for {name}.", f"Ask ACM for one for {name}.")
    if ends and ends - now < SOON:
        do = "Is the CNAME still there that ACM named? Without it nothing is renewed."
        return problem("certificate", f"It ends on {ends:%Y-%m-%d}.", do)
    return ok("certificate", f"It is valid until {ends:%Y-%m-%d}." if ends else "It is valid.")
