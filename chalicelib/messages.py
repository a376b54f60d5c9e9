"""The message catalogues of `templates/locale/`. Nothing else imports gettext or Babel.

The package for AWS holds compiled catalogues, with the facts that CLDR knows of each language,
and needs no Babel. In the repository the catalogues are compiled in memory.
"""

from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

LOCALE = "locale"
SOURCE_FILE = "heed.po"
COMPILED_FILE = "heed.mo"
# Messages that `_compiled` adds to every catalogue.
CLDR = "CLDR"
DIGITS = "digits"
GROUP = "group"


class Messages:
    def __init__(self, compiled: bytes) -> None:
        self._translations = GNUTranslations(BytesIO(compiled))
        digits = self._translations.pgettext(CLDR, DIGITS)
        self._shown = dict(zip("0123456789", digits, strict=True))
        self._shown[","] = self._translations.pgettext(CLDR, GROUP)

    def gettext(self, message: str) -> str:
        return self._translations.gettext(message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return self._translations.ngettext(singular, plural, count)

    def number(self, count: int) -> str:
        """The number in the digits that the language uses by default."""
        return "".join(self._shown[part] for part in f"{count:,}")


@lru_cache
def messages_in(templates: Path, lang: str) -> Messages:
    """`lang` is one of `languages.LANGUAGES`."""
    folder = templates / LOCALE / lang
    compiled = folder / COMPILED_FILE
    return Messages(compiled.read_bytes() if compiled.exists() else _compiled(folder))


def precompile(templates: Path) -> None:
    """Writes the compiled catalogue beside each source, when the package is built."""
    for source in (templates / LOCALE).glob(f"*/{SOURCE_FILE}"):
        source.with_name(COMPILED_FILE).write_bytes(_compiled(source.parent))


def _compiled(folder: Path) -> bytes:
    from babel import Locale
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    locale = Locale.parse(folder.name, sep="-")
    with (folder / SOURCE_FILE).open("rb") as source:
        catalogue = read_po(source, locale=locale)
    numbering = locale.default_numbering_system
    digits = "".join(chr(_ZEROS[numbering] + value) for value in range(10))
    catalogue.add(DIGITS, digits, context=CLDR)
    catalogue.add(GROUP, locale.number_symbols[numbering]["group"], context=CLDR)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


# From CLDR's numberingSystems.xml, which Babel does not have. Unicode lists the ten digits of
# each system in order.
_ZEROS = {"latn": ord("0"), "arab": 0x0660, "arabext": 0x06F0, "deva": 0x0966}
