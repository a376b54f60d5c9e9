"""Who a person is, without their address."""

from chalicelib import ids


def person_id(address: str, key: str) -> str:
    """The same for every spelling of an address in upper and lower case."""
    return ids.keyed_id(key.encode(), address.strip().lower())
