"""Every help desk that Heed takes triggers from: the files of `sources/`. Nothing else lists them.

A hook imports the file of its own source only."""

from importlib import import_module
from pkgutil import iter_modules

from chalicelib.helpdesks import sources
from chalicelib.helpdesks.source import Source


def names() -> tuple[str, ...]:
    return tuple(sorted(module.name for module in iter_modules(sources.__path__)))


def find(name: str) -> Source | None:
    if name not in names():
        return None
    found: Source = import_module(f"{sources.__name__}.{name}").SOURCE
    return found


def every() -> list[Source]:
    return [source for source in map(find, names()) if source]
