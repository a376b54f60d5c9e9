"""What a search compares: texts as they read, whatever their case and code points. Pure."""

import unicodedata

# Soft hyphen, zero width space, the choice of an emoji's look: they change nothing of what
# a word is. Most of text.UNSEEN does: a space parts words, and a joiner makes another letter.
_UNSEEN = dict.fromkeys((0x00AD, 0x200B, 0xFE0E, 0xFE0F))


def fold(text: str) -> str:
    """NFKC and case folding (Unicode 3.13, D145). A dotted capital I becomes a plain i,
    so that a search for istanbul finds it however it was typed."""
    once = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", once).translate(_UNSEEN).replace("i\u0307", "i")


def words_of(text: str) -> tuple[str, ...]:
    return tuple(fold(text).split())


def holds(comment: str | None, words: tuple[str, ...]) -> bool:
    """Whether every word is found, also inside a longer one."""
    text = fold(comment or "")
    return all(word in text for word in words)
