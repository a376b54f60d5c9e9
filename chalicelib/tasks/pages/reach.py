"""Whether what was told can be sent to the person who had answered. Pure."""

from collections.abc import Callable
from typing import Final, Literal

from chalicelib.invitations.invitation import Invitation, Reason
from chalicelib.invitations.throttle import Person, reason_not_to_mail
from chalicelib.surveys.definition import Survey

Untold = Literal["sealed", "no_address", "no_mail"]
UNTOLD: Final = "untold"


def why_untold(
    survey: Survey, invitation: Invitation | None, person_of: Callable[[str], Person]
) -> Untold | None:
    """None: the person can be told. `no_mail`: they were erased, want no e-mails, or these come
    back; which of them is told to nobody here."""
    if survey.is_sealed:
        return "sealed"
    if invitation is None or not invitation.email:
        return "no_address"
    reason = reason_not_to_mail(invitation, person_of(invitation.person))
    return "no_mail" if reason and reason is not Reason.NO_ADDRESS else None
