"""Values that hold what no log line and no traceback may show."""

from typing import ClassVar

from msgspec import Struct


class Discreet(Struct, frozen=True):
    """The fields that `hidden` names are left out where it is shown as text."""

    hidden: ClassVar[tuple[str, ...]] = ()

    def __repr__(self) -> str:
        shown = [name for name in self.__struct_fields__ if name not in self.hidden]
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__name__}({told})"
