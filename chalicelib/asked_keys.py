"""The keys of what leads to whoever is asked. Their rows are in the table of keys.py."""

from chalicelib.table import Key


def external(digest: str) -> Key:
    return Key(f"EXTERNAL#{digest}", "EXTERNAL")


def ticket(digest: str) -> Key:
    return Key(f"TICKET#{digest}", "TICKET")
