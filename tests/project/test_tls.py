"""Nothing of the deployed stack is called, and no mail leaves, without TLS."""

import pytest

from tests.support.template import of_type

pytestmark = pytest.mark.slow


def test_no_queue_and_no_topic_takes_a_call_without_tls(resources):
    refused = {}
    for kind in ("AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy"):
        for policy in of_type(resources, kind).values():
            for name in policy.get("Queues") or policy["Topics"]:
                refused[name["Ref"]] = policy["PolicyDocument"]["Statement"][-1]
    queues = {*of_type(resources, "AWS::SQS::Queue"), *of_type(resources, "AWS::SNS::Topic")}
    assert set(refused) == queues
    for name, statement in refused.items():
        assert (statement["Effect"], statement["Principal"]) == ("Deny", "*")
        on_aws = {"Fn::If": ["OnEmulator", "never", "false"]}
        assert statement["Condition"] == {"Bool": {"aws:SecureTransport": on_aws}}
        assert name in str(statement["Resource"])


def test_no_mail_leaves_without_tls(resources):
    delivery = resources["ConfigurationSet"]["Properties"]["DeliveryOptions"]
    assert delivery == {"TlsPolicy": "REQUIRE"}
