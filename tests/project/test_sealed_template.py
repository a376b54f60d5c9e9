"""The table of sealed ballots in the template that goes to AWS."""

import pytest

from tests.support.template import of_type

pytestmark = pytest.mark.slow


def test_lambda_writes_no_line_of_a_visit_a7(functions):
    """Its lines START, END and REPORT are of level INFO."""
    logging = functions["APIHandler"]["LoggingConfig"]
    levels = {"ApplicationLogLevel": "INFO", "SystemLogLevel": "WARN"}
    assert logging == {"LogFormat": "JSON", **levels}


def test_the_gateway_writes_no_line_of_a_visit_and_counts_none_by_route_a7(resources):
    api = resources["RestAPI"]["Properties"]
    assert "AccessLogSetting" not in api
    for settings in api["MethodSettings"]:
        assert settings["LoggingLevel"] == "OFF"
        assert settings["DataTraceEnabled"] is False
        assert settings["MetricsEnabled"] is False


def test_ballots_leave_no_trace_in_a_stream_or_a_backup_a5_a26(resources):
    """A5 and A26."""
    table = resources["Ballots"]["Properties"]
    absent = {"StreamSpecification", "TimeToLiveSpecification", "Tags", "Replicas"}
    assert not absent & set(table)
    recovery = table["PointInTimeRecoverySpecification"]
    assert recovery == {"PointInTimeRecoveryEnabled": False}
    kinds = {resource["Type"] for resource in resources.values()}
    assert not any(kind.startswith("AWS::Backup") for kind in kinds)
    readers = of_type(resources, "AWS::Lambda::EventSourceMapping").values()
    assert not any("Ballots" in str(reader) for reader in readers)
