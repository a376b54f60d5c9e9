"""Solved tickets of Zendesk, in the shape of its trigger.

Sources: developer.zendesk.com, api-reference/ticketing/ticket-management/search (export by cursor),
api-reference/ticketing/users/users (show many), groups and organizations.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from typing import Any, Final
from urllib.parse import urlencode

from msgspec import Struct

from chalicelib.helpdesks.note import Account, AskDesk
from chalicelib.helpdesks.pulls.pull import objects_in, read_object
from chalicelib.helpdesks.zendesk_sign_in import address_of, authorized

SCOPES: Final = "read"
PAGE: Final = 100
By = dict[int, dict[str, Any]]  # by id


def pull(
    account: Account, since: datetime, now: datetime, ask: AskDesk
) -> Iterator[dict[str, Any]]:
    desk = _Desk(account, now, ask)
    groups: By | None = None
    for tickets in desk.pages(f"/api/v2/search/export?{_query(since)}", "results"):
        if tickets and groups is None:
            listed = desk.pages(f"/api/v2/groups.json?page%5Bsize%5D={PAGE}", "groups")
            groups = _by_id(each for page in listed for each in page)
        people = (ticket.get(who) for ticket in tickets for who in ("requester_id", "assignee_id"))
        users = desk.many("users", people)
        companies = desk.many("organizations", (each.get("organization_id") for each in tickets))
        for ticket in tickets:
            yield _delivery(ticket, users, groups or {}, companies, account)


class _Desk(Struct, frozen=True):
    account: Account
    now: datetime
    ask: AskDesk

    def get(self, path: str) -> dict[str, Any]:
        return read_object(authorized(self.account, SCOPES, "GET", path, b"", self.now, self.ask))

    def pages(self, path: str, kind: str) -> Iterator[list[dict[str, Any]]]:
        while path:
            page = self.get(path)
            yield objects_in(page.get(kind))
            path = _next(page, self.account)

    def many(self, kind: str, ids: Iterable[Any]) -> By:
        wanted = sorted({each for each in ids if isinstance(each, int)})
        found: By = {}
        for start in range(0, len(wanted), PAGE):
            listed = ",".join(map(str, wanted[start : start + PAGE]))
            page = self.get(f"/api/v2/{kind}/show_many.json?ids={listed}")
            found |= _by_id(objects_in(page.get(kind)))
        return found


def _query(since: datetime) -> str:
    wanted = f"type:ticket status>=solved solved>={since:%Y-%m-%dT%H:%M:%SZ}"
    return urlencode({"query": wanted, "filter[type]": "ticket", "page[size]": PAGE})


def _next(page: dict[str, Any], account: Account) -> str:
    """Empty at the end. Only of the same host, which gets our token."""
    links, meta = page.get("links"), page.get("meta")
    if not isinstance(links, dict) or not isinstance(meta, dict) or not meta.get("has_more"):
        return ""
    url, host = str(links.get("next") or ""), f"{address_of(account)}/"
    return url[len(host) - 1 :] if url.startswith(host) else ""


def _by_id(found: Iterable[dict[str, Any]]) -> By:
    return {each["id"]: each for each in found if isinstance(each.get("id"), int)}


def _delivery(
    ticket: dict[str, Any], users: By, groups: By, companies: By, account: Account
) -> dict[str, Any]:
    requester = users.get(ticket.get("requester_id", 0), {})
    assignee = users.get(ticket.get("assignee_id", 0), {})
    return {
        "event": "ticket.solved",
        "ticket": {
            "id": ticket.get("id"),
            "subject": _escaped(ticket.get("subject")),
            "url": f"{address_of(account)}/agent/tickets/{ticket.get('id')}",
            "tags": ticket.get("tags"),
            "updated_at": ticket.get("updated_at"),
        },
        "requester": {
            "email": requester.get("email"),
            "name": _escaped(requester.get("name")),
            "language": requester.get("locale"),
        },
        "assignee": {"email": assignee.get("email")},
        "group": _escaped(groups.get(ticket.get("group_id", 0), {}).get("name")),
        "organization": _escaped(companies.get(ticket.get("organization_id", 0), {}).get("name")),
    }


def _escaped(text: Any) -> str | None:
    """As the trigger's filter writes it."""
    return escape(text, quote=False) if isinstance(text, str) else None
