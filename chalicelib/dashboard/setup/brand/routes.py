"""The page of the brand: how the pages and mails of this stack look."""

from typing import Any

from chalicelib import wiring as root_wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.brands import wiring
from chalicelib.brands.brand import Brand, logo_of
from chalicelib.brands.logo import LogoRefused
from chalicelib.brands.schemas import LONGEST_NAME, WHY, BrandBody, lacking
from chalicelib.dashboard.form import EMPTY
from chalicelib.dashboard.page import page
from chalicelib.dashboard.setup.read_body import read_body
from chalicelib.dashboard.shown import Moved, Shown
from chalicelib.dashboard.visit import Visit
from chalicelib.errors import ACCENT_FAINT, FieldError, Invalid
from chalicelib.retry import retrying
from chalicelib.surveys import wiring as surveys_wiring

HOME = "setup/brand"


@page(Scope.SURVEYS_WRITE)
def show_brand_setup(visit: Visit[Any]) -> Shown:
    brand = wiring.brands().find()
    surveys, _ = surveys_wiring.surveys().page(1, None)
    wrong = visit.errors.get("accent")
    facts: dict[str, Any] = {"standing": brand, "longest": LONGEST_NAME, "faint": None}
    if visit.form is not EMPTY and wrong and wrong.code == ACCENT_FAINT:
        facts["faint"] = lacking(visit.form.text("accent").lower())
    survey = surveys[0].id if surveys else None
    return Shown("setup/brand", {**facts, "survey": survey}, frames=True)


@page(Scope.SURVEYS_WRITE, again=show_brand_setup, takes_file=True)
def change_brand(visit: Visit[Any]) -> Moved:
    form, store = visit.form, wiring.brands()
    data = None if form.is_ticked("no_logo") else _logo_of(visit, store.find())
    body = read_body(BrandBody, {"name": form.maybe("name"), "accent": form.maybe("accent")})
    if data and not body.name:
        raise Invalid([FieldError("name", "missing", "A logo goes with a name.")])
    brand = Brand(body.name, body.accent, logo_of(data) if data else None)
    retrying(lambda _: store.put(brand, data, visit.key.id, visit.now), root_wiring.pause)
    surveys_wiring.catalogue().forget_brand()
    return Moved(HOME, said="saved")


def _logo_of(visit: Visit[Any], standing: Brand) -> bytes | None:
    """The chosen file, or what stands. Raises Invalid."""
    chosen = visit.form.files.get("logo")
    if chosen is None:
        return wiring.logo_bytes(standing.logo.digest) if standing.logo else None
    try:
        logo_of(chosen)
    except LogoRefused as refused:
        code = f"logo_{refused.code}"
        raise Invalid([FieldError("logo", code, WHY[refused.code])]) from refused
    return chosen
