"""What an SES event says about a person and their invitation. Only a permanent bounce and
a complaint count."""

from typing import Any

from chalicelib.invitations.invitation import Ended, Reason


def flag_of(event: dict[str, Any]) -> str | None:
    """The flag to set on the person; None when there is nothing to do."""
    if event["detail-type"] == "Email Complaint Received":
        return Reason.COMPLAINED.value
    if event["detail-type"] == "Email Bounced":
        lasting = event["detail"]["bounce"]["bounceType"] == "Permanent"
        return Reason.BOUNCED.value if lasting else None
    return None


def ended_by(flag: str) -> Ended:
    # A complaint about the e-mail is a refusal to answer it.
    return Ended.BOUNCED if flag == Reason.BOUNCED else Ended.REFUSED
