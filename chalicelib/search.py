"""Texts as a search compares them: case and Unicode spelling make no difference. Pure."""

import unicodedata

# A soft hyphen, a zero width space or the style of an emoji does not change a word. Most of
# text.UNSEEN does: a space separates words, and a joiner makes another letter.
_UNSEEN = dict.fromkeys((0x00AD, 0x200B, 0xFE0E, 0xFE0F))


def fold(text: str) -> str:
    """NFKC and case folding (Unicode 3.13, D145). A dotted capital I becomes a plain i,
    so that a search for istanbul finds it however it was typed."""
    once = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", once).translate(_UNSEEN).replace("i\u0307", "i")


def words_of(text: str) -> tuple[str, ...]:
    return tuple(fold(text).split())


def holds(written: str | None, words: tuple[str, ...]) -> bool:
    """Whether every word is found, also inside a longer word."""
    text = fold(written or "")
    return all(word in text for word in words)
