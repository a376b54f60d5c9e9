"""Everything that the API, a help desk and a respondent can say of one person."""

from typing import Any

from msgspec.structs import asdict, replace

from chalicelib import moments, wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.items import from_item
from chalicelib.invitations.token import Purpose
from chalicelib.mail.send import FOLLOW_UP, INVITATION, REMINDER, send
from chalicelib.notify.effects.handlers import plan_effects
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Key, Update
from tests.functional.conftest import Heed
from tests.support.filling import BROWSER, PRESSED, filled_in
from tests.support.mailing import FakeMailer, sending
from tests.support.samples import SURVEY

EMAIL = "Wanda.Nilsson@Example.com"
NAME, SUBJECT, WORDS, NOTE = "Wanda Nilsson", "Zebra printer", "waited nine days", "rang her twice"
MARKS = ("wanda", "nilsson", "Zebra", "W-4711", "nine days", "rang her", "Chief of")
TICKET = {"id": "W-4711", "subject": SUBJECT, "url": "https://desk.example.com/W-4711"}
SURVEYED = f"/v1/surveys/{SURVEY.id}"
ASKED = {"email": EMAIL, "name": NAME, "ticket": TICKET, "segments": {"group": "Network"}}


class Storm:
    def __init__(self, heed: Heed) -> None:
        self.heed = heed
        changes = {"reminder_days": 1, "task_team": "desk"}
        surveys_wiring.surveys().put(replace(SURVEY, **changes))
        surveys_wiring.catalogue.cache_clear()
        self.person = invitations_wiring.person_of(EMAIL)
        self.mailer = FakeMailer(name="wanda-free")

    def happens(self) -> str:
        """Gives the id of the invitation that was answered."""
        call = self.heed.call
        member = {"id": "w", "name": NAME, "email": EMAIL}
        call("PUT", "/v1/teams/desk", {"name": "Desk", "people": [member]})
        asked = call("POST", f"{SURVEYED}/invitations", ASKED, Idempotency_Key="one").json_body
        throttled = call("POST", f"{SURVEYED}/invitations", ASKED).json_body
        assert throttled["reason"] == "throttled"
        assert call("POST", f"{SURVEYED}/links", ASKED).status_code == 201
        self.mail(INVITATION, asked["id"])
        self.answer(asked["id"])
        self.loop(asked["id"])
        owner = {"team": "desk", "person": "w"}
        call("PUT", "/v1/accounts/fjordline", {"name": "Fjordline", "owner": owner})
        said = {"email": EMAIL, "name": NAME, "role": "Chief of IT"}
        call("PUT", "/v1/accounts/fjordline/contacts/c7", said)
        known = {"email": EMAIL, "role": "Chief of printing", "account": "fjordline"}
        assert call("POST", "/v1/people", known).status_code == 201
        told = {"kind": "referral", "email": EMAIL, "note": f"of {NAME}"}
        happened = {"happened_at": moments.to_text(moments.now())}
        assert call("POST", "/v1/outcomes", told | happened).status_code == 201
        return str(asked["id"])

    def loop(self, invitation: str) -> None:
        event = {"detail": {"id": "event", "response": invitation}}
        plan_effects(event)
        taken = {"state": "taken", "note": f"{NOTE}, and again"}
        assert self.heed.call("PATCH", f"/v1/tasks/{invitation}", taken).status_code == 200
        closed = {"state": "closed", "cause": "Wi-Fi", "note": NOTE}
        assert self.heed.call("PATCH", f"/v1/tasks/{invitation}", closed).status_code == 200
        for kind in (FOLLOW_UP, REMINDER):
            key = kind.key(invitation)
            wiring.table().write(Update(key, set={"status": "queued"}, remove=["due_shard"]))
            self.mail(kind, invitation)

    def mail(self, kind: Any, invitation: str) -> str:
        survey = surveys_wiring.surveys().get
        needs = sending(wiring.table(), self.mailer)
        with_survey = needs.__class__(**{**asdict(needs), "survey": survey})
        return send(kind, invitation, moments.now(), with_survey)

    def path(self, invitation: str) -> str:
        (item,) = [one for one in self.heed.items("INVITE") if one["id"] == invitation]
        assert from_item(item).id == invitation
        return f"/r/{self.heed.token(item, Purpose.ANSWER)}"

    def answer(self, invitation: str, score: int = 2) -> None:
        path = self.path(invitation)
        page = self.heed.http.get(f"{path}/{score}", headers=BROWSER)
        form = filled_in(page, score, WORDS) | PRESSED
        assert self.heed.post_form(path, form).status_code == 200

    def told(self) -> list[Key]:
        """The items that tell of the person."""
        marks = [mark.lower() for mark in (*MARKS, self.person)]
        return [
            Key(item["PK"], item["SK"])
            for item in self.heed.stored()
            if any(mark in str(item).lower() for mark in marks)
        ]
