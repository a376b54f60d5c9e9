"""Collects the messages of templates and code into `templates/locale/`: `make messages`.

A new message is left empty in each catalogue for a translator. An old one is dropped. What only
members read is in the catalogues `app`, of which there are fewer.
"""

from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from chalicelib.languages import LANGUAGES, OF_MEMBERS, SOURCE
from chalicelib.messages import APP, HEED

ROOT = Path(__file__).parents[1]
HOME = ROOT / "templates" / "locale"
SPOKEN = {HEED: LANGUAGES, APP: OF_MEMBERS}
# Where the texts of members stand.
OF_APP = (
    "chalicelib/dashboard/",
    "chalicelib/members/",
    "templates/app/",
    "templates/email/sign_in/",
)
METHODS = [
    ("chalicelib/**.py", "python"),
    ("templates/**.html", "jinja2"),
    ("templates/**.txt", "jinja2"),
]
JINJA = {"trimmed": "true", "silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def home_of(lang: str, domain: str = HEED) -> Path:
    return HOME / lang / f"{domain}.po"


def template_of(domain: str = HEED) -> Path:
    return HOME / f"{domain}.pot"


def collected(domain: str = HEED) -> Catalog:
    """What `heed` says already is not in `app`."""
    found = {HEED: _new(), APP: _new()}
    # Without line numbers: they would change the file with every edit of a template.
    for filename, _, message, _, context in _extracted():
        home = found[APP if filename.startswith(OF_APP) else HEED]
        home.add(message, context=context, locations=[(filename, 0)])
    both = [one.id for one in found[APP] if one.id and one.id in found[HEED]]
    for said in both:
        found[APP].delete(said)
    return found[domain]


def _new() -> Catalog:
    return Catalog(project="Heed", charset="utf-8", fuzzy=False)


def updated(lang: str, collected: Catalog, domain: str = HEED) -> Catalog:
    """The catalogue of `lang` with the collected messages. In English each message is its own
    translation."""
    locale, is_there = Locale.parse(lang, sep="-"), home_of(lang, domain).exists()
    catalogue = read(lang, domain) if is_there else Catalog(locale=locale, fuzzy=False)
    # A copy: the catalogues would share their messages, and so their translations.
    catalogue.update(deepcopy(collected), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    for message in catalogue:
        if lang == SOURCE and message.id:
            message.string = message.id
    return catalogue


def read(lang: str, domain: str = HEED) -> Catalog:
    with home_of(lang, domain).open("rb") as file:
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
    for domain, spoken in SPOKEN.items():
        found = collected(domain)
        template_of(domain).write_bytes(text_of(found))
        for lang in spoken:
            home_of(lang, domain).parent.mkdir(parents=True, exist_ok=True)
            home_of(lang, domain).write_bytes(text_of(updated(lang, found, domain)))


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
