"""The languages that Heed speaks, and which of them a reader gets. Pure.

A tag is looked up as RFC 4647 section 3.4 says: parts are removed from its end until a language
is found.
"""

import re

from msgspec import Struct

from chalicelib.quality_values import quality_of, ranges_of

SOURCE = "en"
# A signed link names its language by the place in this list, so a new one goes to the end.
LANGUAGES = (
    *("en", "de", "fr", "es", "pt-BR", "it", "nl", "sv", "nb", "da", "fi", "pl", "cs", "hu"),
    *("ro", "bg", "el", "tr", "uk", "ru", "ar", "he", "fa", "ur", "hi", "ja", "ko"),
    *("zh-Hans", "zh-Hant", "id", "vi", "th"),
)
# The pages of members. Who reads another language gets them in English.
OF_MEMBERS = ("en", "de", "fr", "es", "nb")
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}
_COMMAS = {
    **dict.fromkeys(("ar", "fa", "ur"), "\u060c "),
    "ja": "\u3001",
    **dict.fromkeys(("zh-Hans", "zh-Hant"), "\uff0c"),
}
# Older tags, the script that a region reads, and languages whose readers understand another.
_ALIASES = {
    "pt": "pt-BR",
    "no": "nb",
    "nn": "nb",
    "iw": "he",
    "in": "id",
    "zh": "zh-Hans",
    "cmn": "zh-Hans",
    "yue": "zh-Hant",
    "zh-hk": "zh-Hant",
    "zh-mo": "zh-Hant",
    "zh-tw": "zh-Hant",
    "zh-yue": "zh-Hant",
}
_FOUND_AS = {tag.lower(): tag for tag in LANGUAGES} | _ALIASES
_TAG = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)
LONGEST_TAG = 35  # RFC 5646 section 4.4.1


def tag_of(text: str | None) -> str | None:
    """The text as a tag. None when it is not one: a wrong language is no reason to fail."""
    tag = (text or "").strip().replace("_", "-")
    return tag if len(tag) <= LONGEST_TAG and _TAG.fullmatch(tag) else None


def known(text: str | None) -> str | None:
    """The language of Heed that fits the tag best."""
    parts = (tag_of(text) or "").lower().split("-")
    while parts:
        found = _FOUND_AS.get("-".join(parts))
        if found:
            return found
        parts.pop()
    return None


def accepted(header: str | None) -> str | None:
    """The best language of Heed for an Accept-Language header, by its quality values."""
    ranges = [found for text in ranges_of(header) if (found := _range_of(text))]
    for wanted in sorted(ranges, key=lambda found: -found.quality):
        if wanted.quality > 0 and known(wanted.tag):
            return known(wanted.tag)
    return None


def first_of(*texts: str | None) -> str:
    """The language of the first text that names one of Heed's; English when none does."""
    return next((found for found in map(known, texts) if found), SOURCE)


def of_member(*texts: str | None) -> str:
    """Like `first_of`, of the languages of the members' pages."""
    found = first_of(*texts)
    return found if found in OF_MEMBERS else SOURCE


def direction(lang: str) -> str:
    return "rtl" if lang.lower().split("-")[0] in RIGHT_TO_LEFT else "ltr"


def comma(lang: str) -> str:
    """Between two names, with the space that follows it. `lang` is one of `LANGUAGES`."""
    return _COMMAS.get(lang, ", ")


def place_of(language: str | None) -> int:
    """In a signed link: counted from 1, 0 where none is known."""
    found = known(language)
    return LANGUAGES.index(found) + 1 if found else 0


def language_at(place: int) -> str | None:
    return LANGUAGES[place - 1] if 0 < place <= len(LANGUAGES) else None


class _Range(Struct, frozen=True):
    tag: str
    quality: float


def _range_of(text: str) -> _Range | None:
    tag, _, parameter = (part.strip() for part in text.partition(";"))
    quality = quality_of(parameter)
    return None if quality is None else _Range(tag, quality)
