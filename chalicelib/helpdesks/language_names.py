"""Languages as help desks write them: the name in English or in the language itself, with
or without a region behind it. Zendesk writes `{{ticket.requester.language}}` like this."""

from chalicelib.languages import known

# The last is its own. ServiceNow has codes that are no tags: `pb`, `fq`, `zt`.
_NAMES = {
    "en": ("english",),
    "de": ("german", "deutsch"),
    "fr": ("fq", "french", "français"),
    "es": ("spanish", "español"),
    "pt-BR": ("pb", "portuguese", "português"),
    "it": ("italian", "italiano"),
    "nl": ("dutch", "flemish", "nederlands"),
    "sv": ("swedish", "svenska"),
    "nb": ("norwegian", "norsk"),
    "da": ("danish", "dansk"),
    "fi": ("finnish", "suomi"),
    "pl": ("polish", "polski"),
    "cs": ("czech", "česky", "čeština"),
    "hu": ("hungarian", "magyar"),
    "ro": ("romanian", "română"),
    "bg": ("bulgarian", "български"),
    "el": ("greek", "ελληνικά"),
    "tr": ("turkish", "türkçe"),
    "uk": ("ukrainian", "українська"),
    "ru": ("russian", "русский"),
    "ar": ("arabic", "العربية"),
    "he": ("hebrew", "עברית"),
    "fa": ("persian", "farsi", "فارسی"),
    "ur": ("urdu", "اردو"),
    "hi": ("hindi", "हिन्दी"),
    "ja": ("japanese", "日本語"),
    "ko": ("korean", "한국어"),
    "zh-Hant": ("zt", "traditional chinese", "繁體中文"),
    "zh-Hans": ("chinese", "simplified chinese", "中文", "简体中文"),
    "id": ("indonesian", "bahasa indonesia"),
    "vi": ("vietnamese", "tiếng việt"),
    "th": ("thai", "ไทย"),
}
_TAG_OF = {name: tag for tag, names in _NAMES.items() for name in names}


def own_names() -> dict[str, str]:
    """By tag."""
    return {tag: names[-1].capitalize() for tag, names in _NAMES.items()}


def language_named(text: str) -> str | None:
    """`text` is a name or a tag. None when it is neither, since a wrong guess would be worse."""
    name = text.strip().lower()
    if "traditional" in name or "繁" in name:
        return "zh-Hant"
    bare = name.partition("(")[0].partition(",")[0].partition(" - ")[0].strip()
    return _TAG_OF.get(name) or _TAG_OF.get(bare) or known(text)
