"""Help desks that list their solved tickets, on this machine."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.vendor import Said, Vendor, as_json

HOSTS = {"zendesk": "acme.zendesk.com", "jira": "acme.atlassian.net", "chatwoot": "chat.acme.com"}
CLIENT, SECRET = "heed@example.com", "client-secret-of-these-tests"


@dataclass
class Pulled(Vendor):
    """`tickets` are listed, `page` of them at a time. `asked`: the queries, by their names."""

    tickets: list[dict[str, Any]] = field(default_factory=list)
    page: int = 2
    asked: list[dict[str, str]] = field(default_factory=list)

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> Said:
        found = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(found.query).items()}
        self.asked.append(query)
        return self.told(found.path, query, headers, body)

    def told(self, path: str, query: dict[str, str], headers: Any, body: bytes) -> Said:
        raise NotImplementedError


@dataclass
class ZendeskSearch(Pulled):
    """`host` is where the next page is said to be."""

    host: str = "https://acme.zendesk.com"
    tokens: set[str] = field(default_factory=set)
    given: int = 0

    def told(self, path: str, query: dict[str, str], headers: Any, body: bytes) -> Said:
        if path == "/oauth/tokens":
            return self.give_token(json.loads(body))
        if headers["Authorization"].removeprefix("Bearer ") not in self.tokens:
            return as_json(401, {"error": "invalid_token"})
        if path == "/api/v2/search/export":
            return self.search(query)
        if path == "/api/v2/groups.json":
            return as_json(200, {"groups": [{"id": 88001, "name": "IT & Service"}], "meta": {}})
        ids = [int(each) for each in query["ids"].split(",")]
        if path == "/api/v2/users/show_many.json":
            return as_json(200, {"users": [user(number) for number in ids]})
        assert path == "/api/v2/organizations/show_many.json"
        return as_json(200, {"organizations": [{"id": each, "name": "Acme"} for each in ids]})

    def give_token(self, wanted: dict[str, Any]) -> Said:
        if (wanted["client_id"], wanted["client_secret"]) != (CLIENT, SECRET):
            return as_json(401, {"error": "invalid_client"})
        assert wanted["scope"] == "read"
        self.given += 1
        self.tokens.add(f"token-{self.given}")
        return as_json(200, {"access_token": f"token-{self.given}", "expires_in": 3600})

    def search(self, query: dict[str, str]) -> Said:
        start = int(query.get("page[after]", "0"))
        ends = start + self.page
        url = f"{self.host}/api/v2/search/export?filter%5Btype%5D=ticket&page%5Bafter%5D={ends}"
        return as_json(
            200,
            {
                "results": self.tickets[start:ends],
                "meta": {"has_more": ends < len(self.tickets)},
                "links": {"next": url},
            },
        )


def user(number: int) -> dict[str, Any]:
    return {"id": number, "email": f"u{number}@example.com", "name": f"U {number}", "locale": "nb"}


def zendesk_ticket(number: int, updated_at: str, **changes: Any) -> dict[str, Any]:
    base = {
        "id": number,
        "subject": "Laptop & <dock>",
        "status": "solved",
        "updated_at": updated_at,
        "requester_id": number + 1000,
        "assignee_id": 7,
        "group_id": 88001,
        "organization_id": 33001,
        "tags": ["wifi"],
    }
    return base | changes


@dataclass
class JiraSearch(Pulled):
    def told(self, path: str, query: dict[str, str], headers: Any, body: bytes) -> Said:
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if headers["Authorization"] != f"Basic {basic}":
            return as_json(401, {"errorMessages": ["no"]})
        assert path == "/rest/api/3/search/jql"
        start = int(query.get("nextPageToken", "0"))
        ends = start + self.page
        issues, is_last = self.tickets[start:ends], ends >= len(self.tickets)
        more = {} if is_last else {"nextPageToken": str(ends)}
        return as_json(200, {"issues": issues, "isLast": is_last, **more})


def jira_issue(key: str, resolved_at: str, **reporter: str) -> dict[str, Any]:
    return {
        "id": "10417",
        "key": key,
        "fields": {
            "summary": "Laptop",
            "status": {"name": "Resolved", "statusCategory": {"key": "done"}},
            "resolutiondate": resolved_at,
            "reporter": {"accountId": "5b10", "displayName": "Ingrid", **reporter},
            "project": {"key": "ITSD"},
        },
    }


@dataclass
class ChatwootList(Pulled):
    def told(self, path: str, query: dict[str, str], headers: Any, body: bytes) -> Said:
        if headers["api_access_token"] != SECRET:
            return as_json(401, {"error": "Invalid Access Token"})
        assert (path, query["status"]) == ("/api/v1/accounts/3/conversations", "resolved")
        start = (int(query["page"]) - 1) * self.page
        found = self.tickets[start : start + self.page]
        return as_json(200, {"data": {"meta": {"all_count": 9}, "payload": found}})


def conversation(number: int, active_at: float) -> dict[str, Any]:
    return {
        "id": number,
        "status": "resolved",
        "last_activity_at": int(active_at),
        "updated_at": active_at,
        "meta": {"sender": {"email": f"c{number}@example.com"}, "team": {"name": "Desk"}},
    }


Told = Callable[[str, Pulled], None]
