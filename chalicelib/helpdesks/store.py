from chalicelib import keys
from chalicelib.errors import NotFound
from chalicelib.helpdesks.hook import Hook
from chalicelib.table import (
    IF_NEW,
    Put,
    Table,
)


class HookStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, source: str, hook_id: str) -> Hook:
        """Raises NotFound."""
        item = self._table.get(keys.hook(source, hook_id))
        if item is None:
            raise NotFound("hook")
        return Hook(source, hook_id, item["survey"])

    def add(self, hook: Hook) -> None:
        key = keys.hook(hook.source, hook.id)
        self._table.write(Put({**key.as_item(), "survey": hook.survey}, IF_NEW))
