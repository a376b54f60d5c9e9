"""Whether a text stands for a person whose address, or name, is known. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import permutations

from chalicelib.search import fold

_WORD = re.compile(r"[^\W\d_]+")
MOST_WORDS = 4  # of a name whose orders are tried
# Letters that are no other letter with an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"}
)
# Müller is written mueller or muller, Aase Åse or ase.
_TWO_FOR_ONE = re.compile("a[ae]|[ou]e")


def stands_for(text: str, address: str) -> bool:
    """`Jane Doe`, `doe, jane`, `J. Doe`, `jdoe`, `Jane M. Doe` and `Ms Jane Doe (desk 2)` stand for
    jane.doe@example.com, `Jörg Müller` for joerg.mueller@example.com."""
    local = address.partition("@")[0]
    is_address = fold(address) in fold(text) or fold(local) == fold(text).strip()
    said, called = _words(text), _words(local.partition("+")[0])
    return is_address or _alike(said, called) or _holds(said, called)


def is_about_one(theme: str, keywords: Sequence[str], people: Iterable[tuple[str, str]]) -> bool:
    """`people` are names with addresses. True when the theme or a keyword is somebody's whole name,
    or when all keywords are parts of one name: `Price` beside `cost` is none of Anna Price."""
    return any(_is_about(theme, keywords, name, address) for name, address in people)


def standing_for(texts: Iterable[str], people: Iterable[tuple[str, str]]) -> set[str]:
    """Those of `texts` that are the address or the whole name of one of the people, spelled in any
    of the ways above. A first name alone is nobody's whole name."""
    known = list(people)
    addresses = [fold(address) for _, address in known]
    called = [words for name, address in known for words in _whole(name, address)]
    joined = {_joined(words) for words in called}
    spelled = {spelling for words in called for spelling in _spellings(words)}
    found = set()
    for text in set(texts):
        words = _words(text)
        alike = _joined(words) in spelled or not joined.isdisjoint(_spellings(words))
        if (words and alike) or any(address in fold(text) for address in addresses):
            found.add(text)
    return found


def _whole(name: str, address: str) -> list[list[str]]:
    """`jdoe` is a whole name, too, where it is one of Jane Doe. `oslo` is none."""
    words, local = _words(name), _words(address.partition("@")[0])
    is_name = len(local) > 1 or (len(words) > 1 and _alike(local, words))
    return [*([words] if len(words) > 1 else []), *([local] if is_name else [])]


def _is_about(theme: str, keywords: Sequence[str], name: str, address: str) -> bool:
    called = [_words(name), _words(address.partition("@")[0])]
    whole = [words for words in called if len(words) > 1]
    texts = [theme, *keywords]
    if any(fold(address) in fold(text) for text in texts):
        return True
    if any(_alike(_words(text), words) for text in texts for words in whole):
        return True
    parts = {_joined([word]) for words in called for word in words}
    said = [{_joined([word]) for word in _words(keyword)} for keyword in keywords]
    return all(words and words <= parts for words in said)


def _alike(said: Sequence[str], called: Sequence[str]) -> bool:
    if not said or not called:
        return False
    return _joined(said) in _spellings(called) or _joined(called) in _spellings(said)


def _holds(said: Sequence[str], called: Sequence[str]) -> bool:
    """Whether the whole name stands among other words."""
    length = len(called)
    windows = (said[place : place + length] for place in range(len(said) - length + 1))
    return length > 1 and any(_alike(window, called) for window in windows)


def _spellings(words: Sequence[str]) -> set[str]:
    """Without blanks, in any order, with one initial, and without what is in the middle."""
    if len(words) > MOST_WORDS:
        return {_joined(words)}
    orders = list(permutations(words))
    if len(words) > 2:
        orders += permutations((words[0], words[-1]))
    short = [(one[0], *rest) for one, *rest in orders] if len(words) > 1 else []
    late = [(*first, one[0]) for *first, one in orders] if len(words) > 1 else []
    return {_joined(order) for order in (*orders, *short, *late)}


def _joined(words: Sequence[str]) -> str:
    """One word, spelled in one way."""
    return _TWO_FOR_ONE.sub(lambda found: found[0][0], "".join(words))


def _words(text: str) -> list[str]:
    """Without accents, digits and signs."""
    bare = unicodedata.normalize("NFKD", fold(text))
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return _WORD.findall(letters.translate(_LETTERS))
