"""What one request reads more than once, it reads once. For a page that only shows: it is made of
several answers of the API, each of which reads the survey and its counts anew."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, TypeVar

T = TypeVar("T")
_READ: Final[ContextVar[dict[Hashable, Any]]] = ContextVar("shared_reads")


@contextmanager
def sharing_reads() -> Iterator[None]:
    """What is read inside stays as it was at its first reading. Write nothing inside."""
    token = _READ.set({})
    try:
        yield
    finally:
        _READ.reset(token)


def is_sharing() -> bool:
    return _READ.get(None) is not None


def read_once(what: Hashable, read: Callable[[], T]) -> T:
    """The same object for the same `what`: whoever changes it copies it before. A failure is not
    kept. Raises LookupError where no reads are shared."""
    known = _READ.get()
    if what not in known:
        known[what] = read()
    found: T = known[what]
    return found
