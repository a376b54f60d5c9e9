"""The template that goes to AWS, walked from end to end."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from app import ROUTES
from chalicelib.web.routing import split, view_of
from infra.paths import ROOT
from tests.support.template import dead_letter_queues, of_type

pytestmark = pytest.mark.slow

FUNCTIONS = {
    "APIHandler",
    "Publish",
    "SendMail",
    "RecordMailEvent",
    "PlanEffects",
    "TellPeople",
    "Deliver",
    "Tick",
    "Recount",
    "Reconcile",
    "Forget",
    "Sweep",
    "ReleaseBallots",
}
# Beside the rest of the API.
GROUPS = {
    "pages": ("/r/", "/u/", "/h/", "/s/", "/c/", "/t/", "/b/", "/promise/"),
    "hooks": "/v1/hooks/",
    "docs": ("/v1/docs", "/v1/openapi.json"),
}


def test_every_resource_has_a_type(resources):
    assert [name for name, resource in resources.items() if not resource.get("Type")] == []


def test_the_functions_are_those_of_the_app(functions):
    assert set(functions) == FUNCTIONS


def test_each_function_knows_its_name(functions):
    for properties in functions.values():
        told = properties["Environment"]["Variables"]["HEED_FUNCTION"]
        assert properties["Handler"] == ("app.app" if told == "api" else f"app.{told}")


def test_cfn_lint_has_nothing_to_say(packaged):
    linter = Path(sys.executable).with_name("cfn-lint")
    done = subprocess.run([linter, packaged / "sam.yaml"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


class TestNothingIsLost:
    def test_every_queue_ends_in_a_dead_letter_queue_or_is_one(self, resources):
        queues = of_type(resources, "AWS::SQS::Queue")
        dead = dead_letter_queues(resources)
        for name, queue in queues.items():
            assert name in dead or "RedrivePolicy" in queue

    def test_every_rule_target_is_retried_and_then_kept(self, resources):
        for name, rule in of_type(resources, "AWS::Events::Rule").items():
            for target in rule["Targets"]:
                assert target["RetryPolicy"]["MaximumRetryAttempts"] > 0, name
                assert target["DeadLetterConfig"]["Arn"], name

    def test_every_stream_mapping_sets_the_bad_record_aside(self, resources):
        streams = [
            mapping
            for mapping in of_type(resources, "AWS::Lambda::EventSourceMapping").values()
            if "StartingPosition" in mapping
        ]
        assert streams
        for mapping in streams:
            assert mapping["DestinationConfig"]["OnFailure"]["Destination"]
            assert mapping["BisectBatchOnFunctionError"] is True
            # Until it is too old, and then for hours a pointer to what can still be read.
            assert mapping["MaximumRetryAttempts"] == -1
            assert mapping["MaximumRecordAgeInSeconds"] <= 24 * 3600 / 2

    def test_every_batch_reports_its_failed_items(self, resources):
        for mapping in of_type(resources, "AWS::Lambda::EventSourceMapping").values():
            assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]

    def test_what_a_consumer_of_the_bus_fails_on_is_kept(self, resources):
        kept = {
            config["FunctionName"]["Ref"]
            for config in of_type(resources, "AWS::Lambda::EventInvokeConfig").values()
            if "OnFailure" in config.get("DestinationConfig", {})
        }
        assert kept == {"PlanEffects", "RecordMailEvent", "TellPeople"}

    def test_every_dead_letter_queue_has_an_alarm(self, resources):
        watched = {
            dimension["Value"]["Fn::GetAtt"][0]
            for alarm in of_type(resources, "AWS::CloudWatch::Alarm").values()
            if alarm["MetricName"] == "ApproximateNumberOfMessagesVisible"
            for dimension in alarm["Dimensions"]
        }
        assert watched == dead_letter_queues(resources)

    def test_every_function_has_an_alarm_on_its_errors(self, resources, functions):
        watched = {
            alarm["Dimensions"][0]["Value"]["Ref"]
            for alarm in of_type(resources, "AWS::CloudWatch::Alarm").values()
            if alarm["MetricName"] == "Errors"
        }
        assert watched == set(functions)

    def test_mail_failures_have_an_alarm_under_the_senders_name(self, resources, functions):
        alarm = resources["MailFailures"]["Properties"]
        sender = functions["SendMail"]["Environment"]["Variables"]
        assert (alarm["Namespace"], alarm["MetricName"]) == ("Heed", "MailFailed")
        assert sender["POWERTOOLS_METRICS_NAMESPACE"] == "Heed"
        service = sender["POWERTOOLS_SERVICE_NAME"]
        assert alarm["Dimensions"] == [{"Name": "service", "Value": service}]

    def test_what_a_recount_finds_has_an_alarm_under_its_name(self, resources, functions):
        teller = functions["Recount"]["Environment"]["Variables"]
        service = teller["POWERTOOLS_SERVICE_NAME"]
        for name in ("TallyMismatch", "RecountUnfinished"):
            alarm = resources[name]["Properties"]
            assert (alarm["Namespace"], alarm["MetricName"]) == ("Heed", name)
            assert (alarm["Threshold"], alarm["Statistic"]) == (0, "Sum")
            assert alarm["Dimensions"] == [{"Name": "service", "Value": service}]

    def test_what_the_tick_sets_aside_has_an_alarm_under_its_name(self, resources, functions):
        alarm = resources["SetAside"]["Properties"]
        teller = functions["Tick"]["Environment"]["Variables"]
        assert (alarm["Namespace"], alarm["MetricName"]) == ("Heed", "SetAside")
        assert (alarm["Threshold"], alarm["Statistic"]) == (0, "Maximum")
        service = teller["POWERTOOLS_SERVICE_NAME"]
        assert alarm["Dimensions"] == [{"Name": "service", "Value": service}]

    def test_every_alarm_tells_somebody(self, resources):
        for alarm in of_type(resources, "AWS::CloudWatch::Alarm").values():
            assert alarm["AlarmActions"] == [{"Ref": "AlarmTopic"}]

    def test_the_table_can_be_brought_back(self, resources):
        table = resources["Heed"]
        assert table["DeletionPolicy"] == "Retain"
        recovery = table["Properties"]["PointInTimeRecoverySpecification"]
        assert recovery == {"PointInTimeRecoveryEnabled": True}

    def test_the_table_cannot_be_deleted_by_mistake(self, resources):
        assert resources["Heed"]["Properties"]["DeletionProtectionEnabled"] is True


class TestLogs:
    def test_every_log_group_is_emptied_after_a_month(self, resources):
        for group in of_type(resources, "AWS::Logs::LogGroup").values():
            assert group["RetentionInDays"] == 30

    def test_every_function_writes_to_a_group_of_the_template(self, resources, functions):
        groups = {
            group["LogGroupName"]["Fn::Sub"]
            for group in of_type(resources, "AWS::Logs::LogGroup").values()
        }
        names = {
            f"/aws/lambda/{function['FunctionName']['Fn::Sub']}" for function in functions.values()
        }
        assert groups == names

    def test_no_log_and_no_trace_holds_a_path_a9(self, resources, functions):
        api = resources["RestAPI"]["Properties"]
        assert "TracingEnabled" not in api
        assert {function["Tracing"] for function in functions.values()} == {"PassThrough"}
        assert "AccessLogSetting" not in api
        for setting in api["MethodSettings"]:
            assert setting["LoggingLevel"] == "OFF"
            assert setting["DataTraceEnabled"] is False

    def test_the_waf_keeps_no_sample_of_a_request(self, resources):
        (waf,) = of_type(resources, "AWS::WAFv2::WebACL").values()
        for told in (waf, *waf["Rules"]):
            assert told["VisibilityConfig"]["SampledRequestsEnabled"] is False


class TestTheDoor:
    def test_the_api_is_regional(self, resources):
        assert resources["RestAPI"]["Properties"]["EndpointConfiguration"] == "REGIONAL"

    def test_every_group_of_routes_has_a_throttle_of_its_own(self, resources):
        throttles = {
            (setting["HttpMethod"], setting["ResourcePath"][1:].replace("~1", "/")): (
                setting["ThrottlingRateLimit"],
                setting["ThrottlingBurstLimit"],
            )
            for setting in resources["RestAPI"]["Properties"]["MethodSettings"]
        }
        rest = throttles.pop(("*", "*"))
        groups = {
            name: {
                (method, path)
                for route, view in ROUTES.items()
                for methods, path in [split(route)]
                for method in methods
                # Who has a key has the throttle of the API.
                if path.startswith(starts) and not getattr(view_of(view), "scope", None)
            }
            for name, starts in GROUPS.items()
        }
        assert set(throttles) == set().union(*groups.values())
        limits = [{throttles[route] for route in group} for group in groups.values()]
        assert all(len(group) == 1 for group in limits)
        assert len(set().union(*limits, {rest})) == 4

    def test_it_takes_no_tls_below_1_2(self, resources):
        api = resources["RestAPI"]["Properties"]
        assert api["SecurityPolicy"] == "SecurityPolicy_TLS13_1_2_2021_06"
        assert api["EndpointAccessMode"] == "STRICT"

    def test_a_waf_is_there_when_it_is_asked_for_and_not_on_the_emulator(self, packaged):
        template = yaml.safe_load((packaged / "sam.yaml").read_text())
        assert template["Parameters"]["WafRequests"]["Default"] == 0
        assert "OnEmulator" in str(template["Conditions"]["HasWaf"])
        found = [name for name, part in template["Resources"].items() if "WAFv2" in part["Type"]]
        assert len(found) == 2
        assert {template["Resources"][name]["Condition"] for name in found} == {"HasWaf"}

    def test_the_table_and_its_indexes_are_warmed_when_it_is_asked_for(self, packaged, resources):
        template = yaml.safe_load((packaged / "sam.yaml").read_text())
        assert template["Parameters"]["WarmWrites"]["Default"] == 0
        assert "OnEmulator" in str(template["Conditions"]["HasWarmWrites"])
        table = resources["Heed"]["Properties"]
        for part in (table, *table["GlobalSecondaryIndexes"]):
            condition, units, otherwise = part["WarmThroughput"]["Fn::If"]
            assert (condition, otherwise) == ("HasWarmWrites", {"Ref": "AWS::NoValue"})
            assert units["WriteUnitsPerSecond"] == {"Ref": "WarmWrites"}

    def test_its_concurrency_is_the_operator_s_to_reserve(self, functions):
        reserved = functions["APIHandler"]["ReservedConcurrentExecutions"]["Fn::If"]
        assert reserved[1:] == [{"Ref": "ReservedConcurrency"}, {"Ref": "AWS::NoValue"}]

    def test_the_api_function_answers_before_the_gateway_gives_up(self, functions):
        assert functions["APIHandler"]["Timeout"] < 29


class TestMail:
    def test_nobody_is_tracked(self, resources):
        assert "TrackingOptions" not in resources["ConfigurationSet"]["Properties"]
        kind = "AWS::SES::ConfigurationSetEventDestination"
        for destination in of_type(resources, kind).values():
            assert destination["EventDestination"]["MatchingEventTypes"] == ["bounce", "complaint"]

    def test_a_rule_waits_for_each_event_that_ses_is_asked_for(self, resources):
        pattern = resources["MailReported"]["Properties"]["EventPattern"]
        assert pattern["detail-type"] == ["Email Bounced", "Email Complaint Received"]


def test_every_setting_the_code_reads_is_given_to_some_function(functions):
    source = (ROOT / "chalicelib" / "settings.py").read_text()
    read = set(re.findall(r'"(HEED_[A-Z_]+)"', source))
    given = {
        name
        for function in functions.values()
        for name in function["Environment"]["Variables"]
        if name.startswith("HEED_")
    }
    assert read == given
