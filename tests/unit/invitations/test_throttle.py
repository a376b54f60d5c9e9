"""Whom no mail may reach."""

from chalicelib.invitations.invitation import Reason
from chalicelib.invitations.throttle import Person, reason_not_to_mail
from tests.support.samples import invitation


def test_a_mail_without_an_address_is_never_tried() -> None:
    nobody = Person("p", unsubscribed=True)
    assert reason_not_to_mail(invitation(email=""), nobody) is Reason.NO_ADDRESS
    assert reason_not_to_mail(invitation(), nobody) is Reason.UNSUBSCRIBED
    assert reason_not_to_mail(invitation(), Person("p")) is None
