"""Where the tap counts, a visit is noted before anything is read. Of a visit to what was erased,
nothing stays."""

from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.invitations.invitation import Invitation
from tests.functional.conftest import Heed
from tests.support.samples import SURVEY, put_ledger
from tests.support.tapping import MOUSE, Mail


def erase_person(heed: Heed, invitation: Invitation) -> None:
    put_ledger(wiring.table(), invitation)
    answer = heed.call("POST", "/v1/people/erasures", {"person": invitation.person})
    assert answer.json_body["erased"]["visits"] > 0


def erase_response(heed: Heed, invitation: Invitation) -> None:
    path = f"/v1/surveys/{SURVEY.id}/responses/{invitation.id}"
    assert heed.call("DELETE", path).status_code == 204


@pytest.mark.parametrize("erase", [erase_person, erase_response])
def test_a_late_visit_leaves_no_trace(heed: Heed, clock: Any, erase: Any) -> None:
    mail = Mail(heed, clock)
    nonce = mail.open(9)
    mail.beacon(nonce, "input", input=MOUSE)
    assert mail.send(nonce, 9, comment="before").status_code == 200
    erase(heed, mail.invitation)
    responses, visits = heed.items("RESPONSE"), heed.items("VISIT")
    assert [visit.keys() & {"entries", "closed"} for visit in visits] == [{"entries", "closed"}]
    assert heed.http.get(f"/r/{mail.token}/3").status_code == 404
    assert mail.beacon(nonce, "hello").status_code == 204
    assert mail.send(nonce, 3, comment="late").status_code == 404
    assert (heed.items("RESPONSE"), heed.items("VISIT")) == (responses, visits)
