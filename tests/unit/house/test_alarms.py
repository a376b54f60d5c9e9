"""The alarms: as the docs list them, and on metrics that AWS documents."""

import re

import pytest

from infra.paths import ROOT
from tests.support.alarms import alarms, documented, metric_of, resources

# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
# https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
# https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
# https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-cloudwatch-alarm.html
OF_AWS = {
    "AWS/Events/Invocations": [{"RuleName"}],
    "AWS/Lambda/Errors": [{"FunctionName"}],
    "AWS/Lambda/Throttles": [set(), {"FunctionName"}],
    "AWS/Lambda/IteratorAge": [{"FunctionName"}],
    "AWS/ApiGateway/5XXError": [{"ApiName"}, {"ApiName", "Stage"}],
    "AWS/SQS/ApproximateNumberOfMessagesVisible": [{"QueueName"}],
    "AWS/SQS/ApproximateAgeOfOldestMessage": [{"QueueName"}],
    "AWS/DynamoDB/ReadThrottleEvents": [
        {"TableName"},
        {"TableName", "GlobalSecondaryIndexName"},
    ],
    "AWS/DynamoDB/WriteThrottleEvents": [
        {"TableName"},
        {"TableName", "GlobalSecondaryIndexName"},
    ],
    "AWS/SES/Reputation.BounceRate": [set()],
    "AWS/SES/Reputation.ComplaintRate": [set()],
}
# From these rates on SES reviews an account.
REVIEWED = {"BounceRate": 0.05, "ComplaintRate": 0.001}


def test_the_docs_have_a_row_for_each_alarm_and_no_other() -> None:
    assert set(documented()) == set(alarms())


@pytest.mark.parametrize("name", alarms())
def test_the_row_names_the_metric_and_the_threshold(name: str) -> None:
    metrics, signal = documented()[name]
    alarm = alarms()[name]
    assert metrics == {metric_of(alarm).name}
    if alarm["ComparisonOperator"] == "LessThanThreshold":
        assert "missing" in signal
    else:
        assert re.search(rf"(above|from) {re.escape(str(alarm['Threshold']))}\b", signal)


@pytest.mark.parametrize("name", alarms())
def test_it_watches_a_metric_that_is_written(name: str) -> None:
    metric = metric_of(alarms()[name])
    if metric.name.startswith("AWS/"):
        assert set(metric.dimensions) in OF_AWS[metric.name]
        return
    services = {
        one["Properties"]["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"]["Sub"]
        for one in resources().values()
        if "Environment" in one.get("Properties", {})
    }
    assert metric.dimensions["service"]["Sub"] in services


@pytest.mark.parametrize("name", REVIEWED)
def test_ses_is_heeded_before_it_acts(name: str) -> None:
    assert alarms()[name]["Threshold"] == REVIEWED[name]


def test_the_table_and_each_index_are_watched_for_reads_and_writes() -> None:
    watched = {
        (metric.name.rpartition("/")[2], metric.dimensions.get("GlobalSecondaryIndexName"))
        for name, alarm in alarms().items()
        if name.endswith(("ReadThrottles", "WriteThrottles"))
        for metric in [metric_of(alarm)]
    }
    indexes = resources()["Heed"]["Properties"]["GlobalSecondaryIndexes"]
    places = [None, *(index["IndexName"] for index in indexes)]
    kinds = ("ReadThrottleEvents", "WriteThrottleEvents")
    assert watched == {(kind, place) for kind in kinds for place in places}


def test_the_gateway_is_counted_by_the_name_of_the_stack() -> None:
    api = resources()["RestAPI"]["Properties"]
    metric = metric_of(alarms()["GatewayFailures"])
    named = {"Ref": "AWS::StackName"}
    assert api["Name"] == api["DefinitionBody"]["info"]["title"] == named
    assert metric.dimensions == {"ApiName": named}


def test_what_is_missing_rings_for_the_tick_alone() -> None:
    breaching = {n for n, one in alarms().items() if one["TreatMissingData"] == "breaching"}
    assert breaching == {"TickMissing"}
    assert alarms()["TickMissing"]["Period"] >= 300


def test_every_schedule_is_missed_when_it_stops() -> None:
    rules = {
        name
        for name, one in resources().items()
        if one.get("Type") == "AWS::Events::Rule" and "ScheduleExpression" in one["Properties"]
    }
    missed = {
        metric_of(alarm).dimensions["RuleName"]["Ref"]
        for alarm in alarms().values()
        if alarm["Namespace"] == "AWS/Events" and alarm["TreatMissingData"] == "missing"
        if alarm["InsufficientDataActions"] == [{"Ref": "AlarmTopic"}]
    }
    # Each tick writes a metric of its own, and TickMissing waits for it.
    assert missed == rules - {"EveryMinute"}


def test_whoever_deploys_is_told_to_name_who_is_told() -> None:
    for page in ("README.md", "docs/operations.md"):
        command = (ROOT / page).read_text().partition("HEED_MAIL_FROM='")[2]
        assert "HEED_ALARM_EMAIL=" in command.partition("make deploy")[0], page
