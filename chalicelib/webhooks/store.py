from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from chalicelib import keys, moments, sent_keys
from chalicelib.errors import NotFound, WriteRefused
from chalicelib.table import (
    ABSENT,
    IF_NEW,
    Condition,
    Item,
    Put,
    Query,
    Table,
    Update,
    Write,
    delete_existing,
    every,
)
from chalicelib.webhooks.webhook import Kind, Off, Webhook

OF_HEALTH = ("off", "failing_since", "paused_until")


class WebhookStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, webhook_id: str) -> Webhook | None:
        item = self._table.get(sent_keys.webhook(webhook_id))
        return _from_item(item) if item else None

    def get(self, webhook_id: str) -> Webhook:
        """Raises NotFound."""
        found = self.find(webhook_id)
        if found is None:
            raise NotFound("webhook")
        return found

    def page(self, limit: int, after: Item | None) -> tuple[list[Webhook], Item | None]:
        page = self._table.query(Query(keys.WEBHOOKS, "listed", limit=limit, after=after))
        return [_from_item(item) for item in page.items], page.next

    def every(self) -> list[Webhook]:
        """There are few."""
        return [_from_item(item) for item in every(self._table, Query(keys.WEBHOOKS, "listed"))]

    def add(self, webhook: Webhook, extra: Sequence[Write] = ()) -> None:
        """Raises as Table.transact."""
        self._table.transact([Put(_to_item(webhook), IF_NEW), *extra])

    def change(self, webhook: Webhook, by: str) -> None:
        """What its owner may change, and whether it is called. Raises NotFound."""
        item = _to_item(webhook)
        changed = {name: item[name] for name in CHANGED if name in item} | {"changed_by": by}
        gone = [name for name in (*CHANGED, *OF_HEALTH) if name not in item]
        of_health = {name: item[name] for name in OF_HEALTH if name in item}
        self._update(webhook, {**changed, **of_health}, gone)

    def note_new_secrets(self, webhook: Webhook, by: str, extra: Sequence[Write] = ()) -> None:
        """Every function reads the secrets again before the next call. Raises NotFound."""
        key = sent_keys.webhook(webhook.id)
        bump = Update(key, {"changed_by": by}, add={"generation": 1}, when={"PK": key.pk})
        try:
            self._table.transact([bump, *extra])
        except WriteRefused as refused:
            if refused.index:
                raise
            raise NotFound("webhook") from refused

    def delete(self, webhook_id: str) -> None:
        """Raises NotFound."""
        delete_existing(self._table, sent_keys.webhook(webhook_id), "webhook")

    def note_failure(self, webhook: Webhook, now: datetime, pause: datetime | None) -> Webhook:
        """As it is then. The first failure since a success says since when."""
        key = sent_keys.webhook(webhook.id)
        paused = {"paused_until": moments.to_text(pause)} if pause else {}
        first = {"failing_since": moments.to_text(now)}
        try:
            stored = self._table.update(Update(key, paused, first=first, when={"PK": key.pk}))
        except WriteRefused:
            return webhook  # it was deleted meanwhile
        return _from_item(stored)

    def note_success(self, webhook: Webhook) -> None:
        """One write after failures, and none where all is well."""
        if webhook.failing_since or webhook.paused_until:
            self._update_quietly(webhook, {}, ("failing_since", "paused_until"))

    def turn_off(self, webhook: Webhook, off: Off) -> bool:
        """False when it was off, or enabled again since it was read."""
        since = webhook.failing_since
        read = {"off": ABSENT, "failing_since": moments.to_text(since) if since else ABSENT}
        return self._update_quietly(webhook, {"off": off.value}, ("paused_until",), read)

    def _update(self, webhook: Webhook, given: Mapping[str, Any], gone: Sequence[str]) -> None:
        if not self._update_quietly(webhook, given, gone):
            raise NotFound("webhook")

    def _update_quietly(
        self,
        webhook: Webhook,
        given: Mapping[str, Any],
        gone: Sequence[str],
        when: Condition = {},  # noqa: B006 - nobody changes it
    ) -> bool:
        key = sent_keys.webhook(webhook.id)
        try:
            self._table.write(Update(key, given, remove=gone, when={"PK": key.pk, **when}))
        except WriteRefused:
            return False
        return True


CHANGED = ("name", "url", "host", "events", "team", "surveys", "lang")


def _to_item(webhook: Webhook) -> Item:
    item: Item = {
        **sent_keys.webhook(webhook.id).as_item(),
        "list_pk": keys.WEBHOOKS,
        "list_sk": webhook.id,
        "id": webhook.id,
        "name": webhook.name,
        "kind": webhook.kind.value,
        "host": webhook.host,
        "events": sorted(webhook.events),
        "team": webhook.team,
        "created_at": moments.to_text(webhook.created),
        "created_by": webhook.created_by,
        "generation": webhook.generation,
        "lang": webhook.lang,
    }
    more = {
        "url": webhook.url,
        "surveys": None if webhook.surveys is None else sorted(webhook.surveys),
        "off": webhook.off and webhook.off.value,
        "failing_since": webhook.failing_since and moments.to_text(webhook.failing_since),
        "paused_until": webhook.paused_until and moments.to_text(webhook.paused_until),
    }
    return item | {name: value for name, value in more.items() if value is not None}


def _from_item(item: Item) -> Webhook:
    found = Webhook(
        id=item["id"],
        name=item["name"],
        kind=Kind(item["kind"]),
        host=item["host"],
        events=frozenset(item["events"]),
        team=item["team"],
        created=moments.from_text(item["created_at"]),
        created_by=item["created_by"],
        url=item.get("url"),
        surveys=frozenset(item["surveys"]) if "surveys" in item else None,
        off=Off(item["off"]) if "off" in item else None,
        generation=item["generation"],
        lang=item.get("lang", "en"),
    )
    times = {name: moments.from_text(item[name]) for name in OF_HEALTH[1:] if name in item}
    return replace(found, **times)
