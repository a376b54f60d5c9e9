"""How a task was closed. Pure."""

from datetime import datetime

from msgspec import Struct


class Closing(Struct, frozen=True):
    """`fixed`: the cause itself is gone, not only this case. `day` is in the survey's zone
    when the task was closed, and never changes. `worked_hours` are whole working hours from the
    opening on; None when nobody closed it. `tell` is what the person is told."""

    cause: str
    fixed: bool
    note: str | None
    at: datetime
    day: str
    worked_hours: int | None = None
    tell: str | None = None

    def words_since(self, before: "Closing") -> str | None:
        """What is new in its words. They stay in the history when the task opens again."""
        pairs = ((before.tell, self.tell), (before.note, self.note))
        return "\n".join(new for old, new in pairs if new and new != old) or None
