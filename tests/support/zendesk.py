"""Zendesk, as far as notes in tickets go."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.support.vendor import Said, Vendor, as_json

CLIENT, SECRET = "heed", "client-secret-of-these-tests"


@dataclass
class Zendesk(Vendor):
    """`tokens`: those that are live. `tickets`: the comments of each, the oldest first."""

    tokens: set[str] = field(default_factory=set)
    given: int = 0
    tickets: dict[str, list[Any]] = field(default_factory=lambda: {"48213": []})
    closed: set[str] = field(default_factory=set)

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> Said:
        if (method, path) == ("POST", "/oauth/tokens"):
            return self.give_token(json.loads(body))
        if headers["Authorization"].removeprefix("Bearer ") not in self.tokens:
            return as_json(401, {"error": "invalid_token"})
        ticket = path.removeprefix("/api/v2/tickets/").partition("/")[0]
        if ticket not in self.tickets:
            return as_json(404, {"error": "RecordNotFound"})
        if method == "GET":
            newest = self.tickets[ticket][::-1]
            return as_json(200, {"comments": newest, "meta": {"has_more": False}})
        return self.comment(ticket, json.loads(body)["ticket"]["comment"])

    def give_token(self, wanted: dict[str, Any]) -> Said:
        known = (wanted["client_id"], wanted["client_secret"]) == (CLIENT, SECRET)
        if not known or wanted["grant_type"] != "client_credentials":
            return as_json(401, {"error": "invalid_client"})
        if not 300 <= wanted["expires_in"] <= 172_800:
            return as_json(400, {"error": "invalid_request"})
        self.given += 1
        self.tokens.add(f"token-{self.given}")
        facts = {"token_type": "bearer", "expires_in": wanted["expires_in"]}
        return as_json(200, {"access_token": f"token-{self.given}", **facts})

    def comment(self, ticket: str, said: dict[str, Any]) -> Said:
        if ticket in self.closed:
            details = {"status": [{"description": "Status: closed prevents ticket update"}]}
            return as_json(422, {"error": "RecordInvalid", "details": details})
        self.tickets[ticket].append({"public": True, **said})
        return as_json(200, {"ticket": {"id": int(ticket)}})
