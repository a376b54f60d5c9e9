"""heed doctor: what a stack on AWS needs to send mail and to be reached, and what to do."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from infra import cli
from infra.deploy import Target
from tests.support.recorded_aws import RecordedAws

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
EVERYTHING = {
    *("stack", "sandbox", "sending", "quota", "suppression list", "configuration set", "bounces"),
    "identity",
    *("DKIM", "SPF", "DMARC", "alarms", "domain", "certificate"),
}


@pytest.fixture
def aws(_no_account: None, monkeypatch: pytest.MonkeyPatch) -> RecordedAws:
    made = RecordedAws()
    monkeypatch.setattr(Target, "client", lambda _, service: made.client(service))
    monkeypatch.setattr("dns.resolver.Resolver", lambda: made.resolver)
    monkeypatch.setattr("chalicelib.moments.now", lambda: NOW)
    return made


@pytest.fixture
def look(capsys: pytest.CaptureFixture[str]) -> Any:
    def look() -> tuple[int, dict[str, Any]]:
        with pytest.raises(SystemExit) as ended:
            cli.main(["doctor", "--stage", "prod", "--json"])
        found = json.loads(capsys.readouterr().out)
        return int(ended.value.code or 0), {one["what"]: one for one in found}

    return look


def test_of_a_stack_that_is_well_everything_is_ok(aws: RecordedAws, look: Any) -> None:
    code, found = look()
    assert code == 0
    assert set(found) == EVERYTHING
    assert {(one["state"], one["do"]) for one in found.values()} == {("ok", "")}


def put(answers: Any, path: str, value: Any) -> None:
    *before, last = path.split("/")
    for name in before:
        answers = answers[int(name) if isinstance(answers, list) else name]
    answers[int(last) if isinstance(answers, list) else last] = value


MAIL_FROM = "sesv2/GetEmailIdentity/MailFromAttributes/MailFromDomain"
SIGNING = "sesv2/GetEmailIdentity/DkimAttributes"
STACK = "cloudformation/DescribeStacks/Stacks/0"
CERTIFICATE = "acm/DescribeCertificate/Certificate"
PARTS = [
    (f"{STACK}/StackStatus", "UPDATE_ROLLBACK_COMPLETE", "stack", "problem", "make deploy again"),
    (f"{STACK}/StackStatus", "UPDATE_IN_PROGRESS", "stack", "warning", "Wait"),
    (f"{STACK}/Outputs/1/OutputValue", "", "stack", "problem", "make deploy"),
    ("sesv2/GetAccount/ProductionAccessEnabled", False, "sandbox", "problem", "docs/aws.md"),
    ("sesv2/GetAccount/SendingEnabled", False, "sending", "problem", "SES console"),
    ("sesv2/GetAccount/EnforcementStatus", "PROBATION", "sending", "warning", "bounces"),
    ("sesv2/GetAccount/SendQuota/SentLast24Hours", 41000.0, "quota", "warning", "Service Quotas"),
    (
        "sesv2/GetAccount/SuppressionAttributes",
        {"SuppressedReasons": ["BOUNCE"]},
        *("suppression list", "warning", "put-account-suppression-attributes"),
    ),
    ("sesv2/GetEmailIdentity", "NotFoundException", "identity", "problem", "create-email-identity"),
    ("sesv2/GetEmailIdentity/VerifiedForSendingStatus", False, "identity", "problem", "DKIM"),
    (f"{SIGNING}/SigningEnabled", False, "DKIM", "problem", "put-email-identity-dkim-attributes"),
    (f"{SIGNING}/Status", "PENDING", "DKIM", "warning", "Wait"),
    ("dns/CNAME/aaaa._domainkey.example.com", [], "DKIM", "problem", "aaaa.dkim.amazonses.com"),
    (
        "sesv2/GetConfigurationSet/SendingOptions/SendingEnabled",
        *(False, "configuration set", "problem", "put-configuration-set-sending-options"),
    ),
    (
        "sesv2/GetConfigurationSetEventDestinations/EventDestinations/0/MatchingEventTypes",
        *(["BOUNCE"], "bounces", "problem", "make deploy"),
    ),
    (
        "sesv2/GetConfigurationSetEventDestinations/EventDestinations",
        *([], "bounces", "problem", "make deploy"),
    ),
    (f"{MAIL_FROM}Status", "PENDING", "SPF", "warning", "Wait"),
    (MAIL_FROM, "", "SPF", "warning", "--mail-from-domain mail.example.com"),
    ("dns/TXT/mail.example.com", ["v=spf1 -all"], "SPF", "problem", "include:amazonses.com"),
    ("dns/MX", {}, "SPF", "problem", "MX 10 feedback-smtp.eu-north-1.amazonses.com"),
    ("dns/TXT/_dmarc.example.com", [], "DMARC", "problem", '_dmarc.example.com TXT "v=DMARC1; p='),
    ("dns/TXT/_dmarc.example.com", ["v=DMARC1; p=none"], "DMARC", "warning", "p=quarantine"),
    ("dns/TXT/_dmarc.example.com", ["v=DMARC1; rua=x"], "DMARC", "problem", "one record"),
    ("sns/ListSubscriptionsByTopic/Subscriptions", [], "alarms", "problem", "HEED_ALARM_EMAIL"),
    (
        "sns/ListSubscriptionsByTopic/Subscriptions/0/SubscriptionArn",
        *("PendingConfirmation", "alarms", "problem", "confirm"),
    ),
    ("dns/CNAME/feedback.example.com", [], "domain", "problem", "feedback.example.com CNAME d-"),
    ("apigateway/GetDomainName", "NotFoundException", "domain", "problem", "make deploy"),
    ("apigateway/GetDomainName/domainNameStatus", "UPDATING", "domain", "warning", "Wait"),
    (f"{CERTIFICATE}/Status", "PENDING_VALIDATION", "certificate", "problem", "CNAME"),
    (f"{CERTIFICATE}/NotAfter", "2026-12-20T00:00:00Z", "certificate", "problem", "CNAME"),
    (f"{CERTIFICATE}/DomainName", "other.example.com", "certificate", "ok", ""),
]


@pytest.mark.parametrize(("path", "value", "what", "state", "do"), PARTS)
def test_what_is_wrong_is_told_with_what_to_do(
    aws: RecordedAws, look: Any, path: str, value: Any, what: str, state: str, do: str
) -> None:
    put(aws.answers, path, value)
    code, found = look()
    assert (found[what]["state"], code) == (state, int(state == "problem"))
    assert do in found[what]["do"]


def test_a_stack_that_was_never_made_is_one_problem_and_the_rest_is_looked_at(
    aws: RecordedAws, look: Any
) -> None:
    put(aws.answers, f"{STACK}/StackStatus", "ROLLBACK_COMPLETE")
    aws.answers["cloudformation"]["DescribeStacks"]["Stacks"][0].pop("Outputs")
    code, found = look()
    assert (code, found["stack"]["state"]) == (1, "problem")
    assert set(found) == EVERYTHING - {"configuration set", "bounces", "alarms"}


def test_a_domain_that_leads_elsewhere_is_seen_by_its_addresses(
    aws: RecordedAws, look: Any
) -> None:
    target = aws.answers["apigateway"]["GetDomainName"]["regionalDomainName"]
    aws.answers["dns"]["CNAME"].pop("feedback.example.com")
    addresses = aws.answers["dns"]["A"]
    addresses |= {"feedback.example.com": ["192.0.2.1"], target: ["192.0.2.1", "192.0.2.2"]}
    assert look()[1]["domain"]["state"] == "ok"  # as an alias of Route 53 does
    addresses["feedback.example.com"] = ["198.51.100.7"]
    assert look()[1]["domain"]["state"] == "problem"


def test_an_address_alone_may_be_verified_and_a_domain_above_it_too(
    aws: RecordedAws, look: Any
) -> None:
    aws.identity = "feedback%40example.com"
    assert look()[1]["identity"]["state"] == "warning"
    aws.identity = "example.com"
    aws.answers["cloudformation"]["DescribeStacks"]["Stacks"][0]["Parameters"][0][
        "ParameterValue"
    ] = "feedback@it.example.com"
    found = look()[1]
    assert {found[what]["state"] for what in ("identity", "DKIM", "SPF", "DMARC")} == {"ok"}


def test_what_aws_or_the_dns_does_not_tell_is_a_warning(aws: RecordedAws, look: Any) -> None:
    aws.answers["sesv2"]["GetAccount"] = "AccessDeniedException"
    aws.resolver.is_silent = True
    code, found = look()
    assert code == 0
    assert "GetAccount" in found["account"]["do"]
    assert {found[what]["state"] for what in ("DKIM", "SPF", "DMARC", "domain")} == {"warning"}


def test_without_a_stack_there_is_nothing_to_look_at(
    aws: RecordedAws, capsys: pytest.CaptureFixture[str]
) -> None:
    aws.answers["cloudformation"]["DescribeStacks"] = "ValidationError"
    for words, code in ((["--stage", "prod"], 1), ([], 2)):
        with pytest.raises(SystemExit) as ended:
            cli.main(["doctor", *words])
        assert ended.value.code == code
        assert capsys.readouterr().err.count("\n") == 1


def test_a_reader_gets_a_table(aws: RecordedAws, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["doctor", "--stage", "prod"])
    said = capsys.readouterr().out
    assert "DMARC" in said
    assert "problem" not in said
