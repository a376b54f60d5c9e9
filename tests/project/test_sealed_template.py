"""The table of sealed ballots in the template that goes to AWS."""

import pytest

from tests.support.template import of_type

pytestmark = pytest.mark.slow


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
