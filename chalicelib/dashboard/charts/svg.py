"""Elements of a picture. Pure.

Places across are in percent and places down in pixels: so a picture is as wide as its place, and
its words are as large on a phone as on a desk. Looks come from classes, because the policy of the
pages allows no style in an attribute.
"""

from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

Value = str | float


def picture(id_: str, kind: str, height: int, title: str, description: str = "") -> Element:
    """With a name, and a description, for whoever hears it. `id_` is its own on the page."""
    named = f"{id_}-title {id_}-desc" if description else f"{id_}-title"
    svg = Element(
        "svg",
        {
            "class": f"chart {kind}",
            "role": "img",
            "aria-labelledby": named,
            "width": "100%",
            "height": str(height),
        },
    )
    words(svg, "title", title, id=f"{id_}-title")
    if description:
        words(svg, "desc", description, id=f"{id_}-desc")
    return svg


def draw(parent: Element, name: str, **attributes: Value) -> Element:
    """`class_` is the attribute `class`."""
    return SubElement(parent, name, {_name(key): _text(one) for key, one in attributes.items()})


def words(parent: Element, name: str, said: str, **attributes: Value) -> None:
    draw(parent, name, **attributes).text = said


def percent(place: float) -> str:
    return f"{_text(place)}%"


def shown(svg: Element) -> Markup:
    # It is made of escaped parts only.
    return Markup(tostring(svg, encoding="unicode"))  # noqa: S704


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _text(value: Value) -> str:
    return value if isinstance(value, str) else f"{round(value, 2):g}"
