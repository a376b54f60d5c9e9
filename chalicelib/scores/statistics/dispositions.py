"""The outcome codes of AAPOR of what the tally counts. Source: docs/decisions/0013."""

from collections.abc import Mapping

from chalicelib.scores.statistics.response_rate import Dispositions


def dispositions_of(counts: Mapping[str, int]) -> Dispositions:
    """Of those asked. A survey requires one question, so an answer is complete; nothing
    tells yet who was absent or has left."""
    asked, answered = counts.get("asked", 0), counts.get("answered", 0)
    refused, bounced = counts.get("refused", 0), counts.get("bounced", 0)
    return Dispositions(
        complete=answered,
        partial=0,
        refused=refused,
        no_contact=asked - answered - refused - bounced,
        other=0,
        unknown=bounced,
    )
