"""Collects the messages of templates and code into `templates/locale/`: `make messages`.

A new message is left empty in each catalogue for a translator. An old one is dropped.
"""

from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from chalicelib.languages import LANGUAGES, SOURCE

ROOT = Path(__file__).parents[1]
HOME = ROOT / "templates" / "locale"
TEMPLATE = HOME / "heed.pot"
METHODS = [
    ("chalicelib/**.py", "python"),
    ("templates/**.html", "jinja2"),
    ("templates/**.txt", "jinja2"),
]
JINJA = {"trimmed": "true", "silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def home_of(lang: str) -> Path:
    return HOME / lang / "heed.po"


def collected() -> Catalog:
    # Without line numbers: they would change the file with every edit of a template.
    catalogue = Catalog(project="Heed", charset="utf-8", fuzzy=False)
    for filename, _, message, _, context in _extracted():
        catalogue.add(message, context=context, locations=[(filename, 0)])
    return catalogue


def updated(lang: str, collected: Catalog) -> Catalog:
    """The catalogue of `lang` with the collected messages. In English each message is its own
    translation."""
    locale = Locale.parse(lang, sep="-")
    catalogue = read(lang) if home_of(lang).exists() else Catalog(locale=locale, fuzzy=False)
    # A copy: the catalogues would share their messages, and so their translations.
    catalogue.update(deepcopy(collected), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    for message in catalogue:
        if lang == SOURCE and message.id:
            message.string = message.id
    return catalogue


def read(lang: str) -> Catalog:
    with home_of(lang).open("rb") as file:
        return read_po(file, locale=Locale.parse(lang, sep="-"))


def text_of(catalogue: Catalog) -> bytes:
    # Without dates and tool versions, so that the file changes only when a message does.
    file = BytesIO()
    write_po(file, catalogue, width=100, omit_header=True, include_lineno=False, sort_output=True)
    header = [f"Content-Type: text/plain; charset=utf-8{chr(92)}n"]
    if catalogue.locale:
        header.insert(0, f"Language: {str(catalogue.locale).replace('_', '-')}{chr(92)}n")
        header.append(f"Plural-Forms: {catalogue.plural_forms}{chr(92)}n")
    lines = "".join(f'"{line}"\n' for line in header)
    return f'msgid ""\nmsgstr ""\n{lines}\n'.encode() + file.getvalue()


def write() -> None:
    found = collected()
    HOME.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(text_of(found))
    for lang in LANGUAGES:
        home_of(lang).parent.mkdir(exist_ok=True)
        home_of(lang).write_bytes(text_of(updated(lang, found)))


def _extracted() -> Iterator[tuple[str, int, str | tuple[str, ...], list[str], str | None]]:
    yield from extract_from_dir(
        ROOT, METHODS, {"**": JINJA}, keywords=KEYWORDS, directory_filter=_is_ours
    )


def _is_ours(folder: str) -> bool:
    """Keeps the walk out of folders that METHODS does not name."""
    top = Path(folder).relative_to(ROOT).parts[:1]
    return top in ((), ("chalicelib",), ("templates",))


if __name__ == "__main__":
    write()
