"""How the pages and mails of this stack look: a name, a colour and a logo. Pure."""

import hashlib
from collections.abc import Callable
from typing import Final

from msgspec import Struct

from chalicelib.brands.colour import HEED, Palette, palette_of
from chalicelib.brands.logo import Size, measure

WIDEST, HIGHEST = 200, 48  # CSS pixels that a logo is drawn in
_ENDINGS: Final = {"png": "png", "gif": "gif", "jpeg": "jpg"}


class Logo(Struct, frozen=True):
    """What is known of a picture; its bytes are stored under `digest`."""

    digest: str
    subtype: str
    width: int
    height: int

    @property
    def file(self) -> str:
        return f"{self.digest}.{_ENDINGS[self.subtype]}"

    @property
    def media_type(self) -> str:
        return f"image/{self.subtype}"

    @property
    def drawn(self) -> Size:
        """Never larger than it is."""
        share = min(1, WIDEST / self.width, HIGHEST / self.height)
        return Size(max(1, round(self.width * share)), max(1, round(self.height * share)))


class Brand(Struct, frozen=True):
    """None: Heed's own, or none. `accent` as `#rrggbb`. A logo has a name."""

    name: str | None = None
    accent: str | None = None
    logo: Logo | None = None


class Picture(Struct, frozen=True):
    """As a template shows it. `src` is an address."""

    src: str
    size: Size


class Branding(Struct, frozen=True):
    """What every template may use of a brand."""

    name: str | None = None
    palette: Palette = HEED
    logo: Picture | None = None


NO_BRAND: Final = Brand()
PLAIN: Final = Branding()


def logo_of(data: bytes) -> Logo:
    """Raises LogoRefused."""
    found = measure(data)
    digest = hashlib.sha256(data).hexdigest()[:32]
    return Logo(digest, found.subtype, found.size.width, found.size.height)


def branding_at(mount: str, brand: Brand) -> Branding:
    """Of our own pages; `mount` is the path before that of their routes."""
    return branding_of(brand, lambda logo: f"{mount}/brand/{logo.file}")


def branding_of(brand: Brand, address_of: Callable[[Logo], str]) -> Branding:
    logo = Picture(address_of(brand.logo), brand.logo.drawn) if brand.logo else None
    return Branding(brand.name, palette_of(brand.accent) if brand.accent else HEED, logo)
