"""Finds the themes of a comment by the team's keywords, in any of their word forms.

The stemmers are Snowball's (https://snowballstem.org). They are imported only for a survey that
has themes. That takes 13 ms, and a tap needs none of them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache

from chalicelib.languages import tag_of
from chalicelib.search import fold

_ALGORITHMS = """
ar arabic, ca catalan, cs czech, da danish, de german, el greek, en english, es spanish,
et estonian, eu basque, fa persian, fi finnish, fr french, ga irish, hi hindi, hu hungarian,
hy armenian, id indonesian, it italian, lt lithuanian, nb norwegian, ne nepali, nl dutch,
nn norwegian, no norwegian, pl polish, pt portuguese, ro romanian, ru russian, sr serbian,
sv swedish, ta tamil, tr turkish, yi yiddish
"""
ALGORITHMS = {pair.split()[0]: pair.split()[1] for pair in _ALGORITHMS.split(",")}
# Letters, digits, and the vowel signs that belong to a word without being letters.
_WORD = re.compile(
    r"[\w\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u0900-\u0963\u0966-\u0d7f\u200c\u200d]+"
)
# Scripts that put no space between words, or none before a particle: Thai to Tibetan,
# Burmese, Khmer, kana, Han, Hangul.
_UNSPACED = re.compile(
    r"[\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
    r"\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
STEMS_KEPT = 20_000

Stem = Callable[[str], str]
Phrases = dict[str, list[tuple[list[str], str]]]  # first form -> all forms, theme


def theme_reader(
    themes: Mapping[str, Sequence[str]], lang: str
) -> Callable[[str | None], list[str]]:
    """Gives a function from a comment to its themes, in the order of the survey's list. Word
    forms are those of `lang` and of English. Without a stemmer for `lang`, and in scripts
    without spaces, a keyword is found anywhere in the text."""
    if not themes:
        return lambda comment: []
    own = ALGORITHMS.get((tag_of(lang) or "").lower().partition("-")[0])
    keywords = [(name, fold(word)) for name, words in themes.items() for word in words]
    anywhere = [(name, word) for name, word in keywords if not own or _is_unspaced(word)]
    stems = [_stemmer(algorithm) for algorithm in sorted({own or "english", "english"})]
    stemmed = [(stem, _phrases(keywords, stem)) for stem in stems]

    def themes_of(comment: str | None) -> list[str]:
        text = fold(comment or "")
        words = _WORD.findall(text)
        found = {name for name, word in anywhere if word in text}
        for stem, phrases in stemmed:
            found |= _themes_in([stem(word) for word in words], phrases)
        return [name for name in themes if name in found]

    return themes_of


def _is_unspaced(word: str) -> bool:
    """Also true for what is no word at all, such as an emoji."""
    return bool(_UNSPACED.search(word)) or not _WORD.search(word)


def _phrases(keywords: Sequence[tuple[str, str]], stem: Stem) -> Phrases:
    found: Phrases = {}
    for name, keyword in keywords:
        forms = [stem(word) for word in _WORD.findall(keyword)]
        if forms:
            found.setdefault(forms[0], []).append((forms, name))
    return found


def _themes_in(forms: list[str], phrases: Phrases) -> set[str]:
    """The themes with a keyword whose forms follow each other in `forms`."""
    return {
        name
        for place, form in enumerate(forms)
        for phrase, name in phrases.get(form, ())
        if forms[place : place + len(phrase)] == phrase
    }


@cache
def _stemmer(algorithm: str) -> Stem:
    import snowballstemmer

    stem: Stem = lru_cache(STEMS_KEPT)(snowballstemmer.stemmer(algorithm).stemWord)
    return stem
