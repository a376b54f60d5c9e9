"""What help desks, programs, SES and the team do."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

from tests.conftest import ROOT
from tests.storm.answering import Answering
from tests.storm.client import TRIES
from tests.storm.told import MAYBE, Told
from tests.storm.world import SURVEY
from tests.support.outside import Answer, call

DATA = ROOT / "tests" / "data"
SAMPLE = json.loads((DATA / "zendesk_trigger_rendered.json").read_text())["request"]["body"]
BOUNCE = json.loads((DATA / "ses" / "email_bounced_permanent.json").read_text())["event"]
INVITATIONS = f"/v1/surveys/{SURVEY}/invitations"
GROUPS = ("Network", "Workplace")
ONE_CLICK = {"Content-Type": "application/x-www-form-urlencoded"}


class Asking(Answering):
    def issue_links(self) -> None:
        """For a help desk's own mail."""
        name = self.new_name()
        told = Told(f"{name}@example.com" if self.chance.random() < 0.5 else None)
        body = {"ticket": {"id": name}, "segments": {"group": self.chance.choice(GROUPS)}}
        body |= {"email": told.address} if told.address else {}
        made = self.api("POST", f"/v1/surveys/{SURVEY}/links", body, name)
        if made.status in (200, 201):
            told.invitation = made.json["id"]
            told.links = {link["score"]: link["url"] for link in made.json["links"]}
            self.told.append(told)

    def trigger(self) -> None:
        """A help desk delivers, and delivers again."""
        name = self.new_name()
        told = Told(f"{name}@example.com", mailed=True)
        body = json.loads(json.dumps(SAMPLE))
        body["requester"]["email"] = told.address
        body["ticket"] |= {"id": name, "updated_at": datetime.now(UTC).isoformat()}
        body["requester"]["language"] = "English"
        body["group"] = self.chance.choice(GROUPS)
        ids = {self._delivers(told, body, delivery) for delivery in (name, name, f"{name}-again")}
        if len(ids - {None}) > 1:
            self.finds(f"one resolution made the invitations {sorted(map(str, ids))}")

    def _delivers(self, told: Told, body: object, delivery: str) -> str | None:
        answer = self.insists(lambda: self.outside.trigger(body, delivery))
        if answer.status != 202:
            return None
        if told.invitation is None:
            told.invitation = answer.json["id"]
            self.told.append(told)
        return str(answer.json["id"])

    def ask(self) -> None:
        name = self.new_name()
        told = Told(f"{name}@example.com", mailed=True)
        ids = {self._asks(told, name) for _ in range(2)} - {None}
        if len(ids) > 1:
            self.finds(f"one Idempotency-Key made the invitations {sorted(map(str, ids))}")
        if ids:
            told.invitation = ids.pop()
            self.told.append(told)

    def _asks(self, told: Told, once: str) -> str | None:
        body = {"email": told.address, "segments": {"group": GROUPS[self.number % 2]}}
        made = self.api("POST", INVITATIONS, body, once)
        return str(made.json["id"]) if made.status in (200, 201) else None

    def unsubscribe(self) -> None:
        """A mail program's button, which is pressed once, and the next ask."""
        told = self.one_of(lambda told: told.mailed and not told.silent and not told.is_gone)
        found = self.world.mails_to(str(told.address)) if told else []
        if told is None or not found:
            return
        source = self.outside.source_of(found[0])
        link = source.partition("List-Unsubscribe: <")[2].partition(">")[0]
        button = b"List-Unsubscribe=One-Click"
        answer = self.insists(lambda: call("POST", link, button, ONE_CLICK))
        self._is_silent(told, "unsubscribed", answer.status == 200)

    def bounce(self) -> None:
        """SES tells it once; EventBridge calls the function again when that fails."""
        told = self.one_of(lambda told: told.mailed and not told.silent and not told.is_gone)
        if told is None or not self.world.mails_to(str(told.address)):
            return
        event = json.loads(json.dumps(BOUNCE))
        event["detail"]["mail"]["tags"] = {"invitation": [told.invitation]}
        done = any(self._told_by_ses(event) for _ in range(TRIES))
        self._is_silent(told, "bounced", done)

    def _told_by_ses(self, event: object) -> bool:
        functions = self.outside.stack.aws("lambda")

        def invoke() -> Answer:
            done = functions.invoke(
                FunctionName="heed-record-mail-event", Payload=json.dumps(event)
            )
            return Answer(599 if "FunctionError" in done else 299, {}, "")

        return self.asked(invoke).status == 299

    def _is_silent(self, told: Told, reason: str, is_known: bool) -> None:
        told.silent = reason if is_known else MAYBE
        if not is_known:
            return
        told.silent_at = datetime.now(UTC).isoformat()
        later = self._asks(told, self.new_name())
        told.asked_later += [later] if later else []

    def close_task(self) -> None:
        found = self.api("GET", "/v1/tasks?limit=20")
        tasks = found.json["items"] if found.status == 200 else []
        if tasks:
            task = self.chance.choice(tasks)["id"]
            body = {"state": "closed", "cause": self.chance.choice(("Speed", "Kindness"))}
            self.api("PATCH", f"/v1/tasks/{task}", body)

    def delete_answer(self) -> None:
        told = self.one_of(lambda told: told.presses and not told.is_gone)
        if told:
            told.may_be_deleted = True
            path = f"/v1/surveys/{SURVEY}/responses/{told.invitation}"
            told.deleted = self.api("DELETE", path).status == 204

    def look(self) -> None:
        for path in ("scores", "responses?limit=20", "insights"):
            self.api("GET", f"/v1/surveys/{SURVEY}/{path}")

    def works(self, is_over: Callable[[], bool]) -> None:
        plays = [self.answer] * 6 + [self.issue_links, self.trigger, self.ask, self.read_mail] * 2
        plays += [self.answer_late, self.erase_while_answering, self.look_only, self.scan]
        plays += [self.unsubscribe, self.bounce, self.close_task, self.delete_answer, self.look]
        while not is_over():
            play = self.chance.choice(plays)
            play()
            self.done[play.__name__] += 1
