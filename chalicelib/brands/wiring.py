"""What the routes of the brand, the mails and the pages need."""

import base64
from functools import lru_cache

from chalicelib import wiring
from chalicelib.brands.brand import Logo
from chalicelib.brands.store import BrandStore


def brands() -> BrandStore:
    return BrandStore(wiring.table())


@lru_cache(maxsize=4)
def logo_bytes(digest: str) -> bytes:
    """Kept by this process: what is under a digest never changes. Raises KeyError."""
    found = brands().logo(digest)
    if found is None:
        raise KeyError(digest)
    return found


def as_data(logo: Logo) -> str:
    """The logo itself as an address."""
    return f"data:{logo.media_type};base64,{base64.b64encode(logo_bytes(logo.digest)).decode()}"
