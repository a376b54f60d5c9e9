"""The id of a person, which does not tell the address."""

from chalicelib import ids


def person_id(address: str, key: str) -> str:
    """Upper and lower case give the same id."""
    return ids.keyed_id(key.encode(), address.strip().lower())
