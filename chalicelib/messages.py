"""The message catalogues of `templates/locale/`. Nothing else imports gettext or Babel.

`heed` is what respondents and teams read, in every language. `app` is what members read on their
pages and in the letters that let them in, in some. What both say is in `heed` alone.

The package for AWS holds compiled catalogues, with the facts that CLDR knows of each language,
and needs no Babel. In the repository the catalogues are compiled in memory.
"""

from datetime import datetime
from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale
    from babel.messages.catalog import Catalog

LOCALE = "locale"
HEED, APP = "heed", "app"
# Messages that `_compiled` adds to every catalogue of `heed`.
CLDR = "CLDR"
DIGITS = "digits"
GROUP = "group"
MOMENT = "moment"
DAYS = "days"
MONTHS = "months"


class Messages:
    def __init__(self, compiled: bytes, before: bytes | None = None) -> None:
        """What `before` does not say, `compiled` does."""
        own = GNUTranslations(BytesIO(compiled))
        self._translations = own if before is None else GNUTranslations(BytesIO(before))
        if before is not None:
            self._translations.add_fallback(own)
        digits = self._translations.pgettext(CLDR, DIGITS)
        self._shown = dict(zip("0123456789", digits, strict=True))
        self._shown[","] = self._translations.pgettext(CLDR, GROUP)
        self._moment = self._translations.pgettext(CLDR, MOMENT)
        self._days = self._translations.pgettext(CLDR, DAYS).split("|")
        self._months = self._translations.pgettext(CLDR, MONTHS).split("|")

    def gettext(self, message: str) -> str:
        return self._translations.gettext(message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return self._translations.ngettext(singular, plural, count)

    def number(self, count: int) -> str:
        """The number in the digits that the language uses by default."""
        return "".join(self._shown[part] for part in f"{count:,}")

    def moment(self, time: datetime) -> str:
        """Its day and its minute, in the zone of `time`."""
        day, month = self._days[time.weekday()], self._months[time.month - 1]
        parts = {
            "E": day,
            "ccc": day,
            "MMM": month,
            "LLL": month,
            "d": str(time.day),
            "M": str(time.month),
            "MM": f"{time.month:02}",
            "H": str(time.hour),
            "HH": f"{time.hour:02}",
            "mm": f"{time.minute:02}",
        }
        shown = {name: self._in_digits(part) for name, part in parts.items()}
        return self._moment % shown

    def _in_digits(self, text: str) -> str:
        return "".join(self._shown[part] if part in "0123456789" else part for part in text)


@lru_cache
def messages_in(templates: Path, lang: str, domain: str = HEED) -> Messages:
    """`lang` is one of `languages.LANGUAGES`, or of OF_MEMBERS for the domain `app`."""
    own = _bytes_of(templates / LOCALE / lang, HEED)
    return Messages(own, _bytes_of(templates / LOCALE / lang, APP) if domain == APP else None)


def precompile(templates: Path) -> None:
    """Writes the compiled catalogue beside each source, when the package is built."""
    for source in (templates / LOCALE).glob("*/*.po"):
        source.with_suffix(".mo").write_bytes(_compiled(source))


def _bytes_of(folder: Path, domain: str) -> bytes:
    compiled = folder / f"{domain}.mo"
    return compiled.read_bytes() if compiled.exists() else _compiled(folder / f"{domain}.po")


def _compiled(source: Path) -> bytes:
    from babel import Locale
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    locale = Locale.parse(source.parent.name, sep="-")
    with source.open("rb") as file:
        catalogue = read_po(file, locale=locale)
    if source.stem == HEED:
        _add_facts(catalogue, locale)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def _add_facts(catalogue: "Catalog", locale: "Locale") -> None:
    numbering = locale.default_numbering_system
    digits = "".join(chr(_ZEROS[numbering] + value) for value in range(10))
    catalogue.add(DIGITS, digits, context=CLDR)
    catalogue.add(GROUP, locale.number_symbols[numbering]["group"], context=CLDR)
    for name, text in _moment_in(locale).items():
        catalogue.add(name, text, context=CLDR)


def _moment_in(locale: "Locale") -> dict[str, str]:
    """A weekday, a day and a minute, without the year."""
    day, minute = (locale.datetime_skeletons[name].format for name in ("MMMEd", "Hm"))
    pattern = locale.datetime_formats["medium"].format(minute, day)
    days = locale.days["stand-alone" if "%(ccc)s" in day else "format"]["abbreviated"]
    months = locale.months["stand-alone" if "%(LLL)s" in day else "format"]["abbreviated"]
    return {
        MOMENT: pattern,
        DAYS: "|".join(days[place] for place in range(7)),
        MONTHS: "|".join(months[place] for place in range(1, 13)),
    }


# From CLDR's numberingSystems.xml, which Babel does not have. Unicode lists the ten digits of
# each system in order.
_ZEROS = {"latn": ord("0"), "arab": 0x0660, "arabext": 0x06F0, "deva": 0x0966}
