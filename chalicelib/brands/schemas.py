"""What the routes of the brand take and give."""

import base64
import binascii
from typing import Annotated, Any, Final, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from chalicelib.brands.brand import Logo, logo_of
from chalicelib.brands.colour import SHAPE, least_contrast, nearest_usable
from chalicelib.brands.logo import LARGEST, MOST_PIXELS, LogoRefused
from chalicelib.errors import ACCENT_FAINT, LOGO_UNUSABLE
from chalicelib.text import CONTROLS, TURNS, VISIBLE
from chalicelib.web.fitting import TEXT, has, when
from chalicelib.web.schemas import Doc

LONGEST_NAME: Final = 60
LONGEST_LOGO: Final = (LARGEST + 2) // 3 * 4  # characters of base64
# One line, and nothing that turns the direction of what stands behind it.
_RULY: Final = f"[^{CONTROLS}{TURNS}]"
NAME: Final = f"^{_RULY}*{VISIBLE}{_RULY}*$"
BASE64: Final = r"^[A-Za-z0-9+/]+={0,2}$"
COLOUR: Final = r"^#[0-9A-Fa-f]{6}$"

Name = Annotated[
    str, StringConstraints(max_length=LONGEST_NAME, pattern=NAME), AfterValidator(str.strip)
]
Colour = Annotated[str, StringConstraints(pattern=COLOUR)]
Base64 = Annotated[str, StringConstraints(max_length=LONGEST_LOGO, pattern=BASE64)]

WHY: Final = {
    "empty": "It is empty.",
    "too_large": f"A logo has at most {LARGEST} bytes.",
    "no_picture": "It is no PNG, GIF or JPEG.",
    "too_wide": f"A logo has at most {MOST_PIXELS} pixels in each direction.",
    "moves": "A logo does not move.",
}
# A picture that cannot be seen has a name in its place.
_NAMED: Final = when(has(logo=TEXT), has(name=TEXT))


class BrandBody(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra=_NAMED)

    name: Name | None = None
    accent: Colour | None = None
    logo: Base64 | None = None

    @field_validator("accent")
    @classmethod
    def _stands_out(cls, accent: str | None) -> str | None:
        return accent and usable_accent(accent.lower())

    @field_validator("logo")
    @classmethod
    def _is_a_picture(cls, logo: str | None) -> str | None:
        if logo is not None:
            read_logo(bytes_of(logo))
        return logo

    @model_validator(mode="after")
    def _names_its_logo(self) -> Self:
        if self.logo and not self.name:
            raise ValueError("a logo goes with a name")
        return self


class BrandDocument(TypedDict):
    name: Annotated[str | None, Doc("Above every page and mail, or in place of the logo.")]
    accent: Annotated[
        str | None,
        Doc("Of buttons, links and names, as it is in light; in dark it is lighter. Null: Heed's."),
    ]
    logo: Annotated[str | None, Doc("A PNG, GIF or JPEG in base64.")]


EXAMPLE: Final[dict[str, Any]] = {"name": "Northwind IT", "accent": "#1f4e9e", "logo": None}


def usable_accent(accent: str) -> str:
    """Raises PydanticCustomError, which names the ratio and the nearest that can be used."""
    if least_contrast(accent) >= SHAPE:
        return accent
    detail = (
        "{accent} has a contrast of {found}:1 with the page, and needs {least}:1."
        " The nearest that can be used is {nearest}."
    )
    raise PydanticCustomError(ACCENT_FAINT, detail, {"accent": accent, **lacking(accent)})


def lacking(accent: str) -> dict[str, str]:
    """Its contrast, the least that there has to be, and the nearest accent that has it."""
    return {
        # Cut, so that 2.99 is not told as the 3 that it lacks.
        "found": f"{int(least_contrast(accent) * 100) / 100:.2f}",
        "least": f"{SHAPE:.0f}",
        "nearest": nearest_usable(accent),
    }


def read_logo(data: bytes) -> Logo:
    """Raises PydanticCustomError."""
    try:
        return logo_of(data)
    except LogoRefused as refused:
        raise PydanticCustomError(
            LOGO_UNUSABLE, "{detail}", {"detail": WHY[refused.code]}
        ) from refused


def bytes_of(logo: str) -> bytes:
    """Raises PydanticCustomError."""
    try:
        return base64.b64decode(logo, validate=True)
    except binascii.Error as error:
        raise PydanticCustomError(LOGO_UNUSABLE, "It is not base64.") from error
