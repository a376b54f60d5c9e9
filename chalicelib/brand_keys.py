"""The keys of the brand, in the place of a survey's id. Their rows are in the table of keys.py."""

from chalicelib.keys import ANY_SURVEY
from chalicelib.table import Key

BRAND = Key(f"SURVEY#{ANY_SURVEY}", "BRAND")


def logo(digest: str) -> Key:
    return Key(BRAND.pk, f"LOGO#{digest}")
