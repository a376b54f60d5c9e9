"""The keys of those who sign in to the pages. Their rows are in the table of keys.py."""

from chalicelib.table import Key


def member(person_id: str) -> Key:
    return Key(f"MEMBER#{person_id}", "MEMBER")


def session(person_id: str, digest: str) -> Key:
    return Key(f"MEMBER#{person_id}", f"SESSION#{digest}")


def sign_in(browser: str) -> Key:
    return Key(f"SIGNIN#{browser}", "SIGNIN")
