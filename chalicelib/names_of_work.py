"""Whether a name, such as that of a segment, is one for those who serve or for a part of a company.
Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from chalicelib import words_beside_work as beside
from chalicelib.words_of_trades import TRADES
from chalicelib.words_of_work import GROUPS, PARTS, SERVED, words_in, words_of_languages

PEOPLE = SERVED + TRADES
LONG = 6  # letters: such a word is known at the end of a longer one, too
BEFORE = 3  # letters that at least stand before a short one: `steam` is no team
SHORTEST = 5  # letters of a word whose endings are taken off
LONGEST_ENDING = 12  # letters
LONGEST = 100  # letters of a name that are looked at
PLACES = 4  # words that may be one word, as in `quan_ly_tai_khoan`
_APOSTROPHES = dict.fromkeys(map(ord, "'\u2019\u02bc"))
_ONE_LETTER = str.maketrans({"ø": "o", "æ": "ae", "ł": "l", "đ": "d", "\u0131": "i", "œ": "oe"})
_TWO_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "œ": "oe"}
)
_ARTICLES = ("al", "ha", "ال", "ה")


def words_of(name: str) -> list[str]:
    """`AssigneeEmails` and `assignee-email` both have the words assignee and email."""
    return [word.removesuffix("s") for word in _parted(name)]


def _parted(name: str) -> list[str]:
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)
    return re.findall(r"[^\W\d_]+", _bare(parted))


def _readings(name: str) -> Iterator[list[str]]:
    """With the s of a plural, which may be one of a compound (`sales_person`), and without. None
    for a size or a kind: `tamano_equipo` tells of whoever answers."""
    shown = name[-LONGEST:]
    if _all(beside.SIZES).isdisjoint(words_of(shown)):
        yield from (_parted(shown), words_of(shown))


@lru_cache(1024)
def names_who_served(name: str) -> bool:
    """True for `it_agent`, `assignee_email`, `agentid` and `solvedBy`: a split by them would be a
    score per employee. False for `agent_group` and `employee_type`."""
    return any(map(_is_served, _readings(name)))


@lru_cache(1024)
def names_a_department(name: str) -> bool:
    """True for `department`, `home_department`, `team_name`, `Abteilung` and `group`, which is
    a help desk's word for a team. False for `team_role`, `team_member` and `age_group`."""
    return any(map(_is_department, _readings(name)))


@lru_cache(1024)
def may_name_a_place(name: str) -> bool:
    """True for `departement` and `code_departement`, which are parts of a country, too."""
    words = {word for word in words_of(name) if word not in _all(beside.KNOWN_BY)}
    return bool(words) and words <= _all(beside.PLACES)


def _is_served(words: list[str]) -> bool:
    endings = _all(beside.KNOWN_BY) | _all(beside.OF_A_PERSON) | _all(beside.FOR_WHOM)
    is_served = _ends_in(PEOPLE, endings, words) or _begins_with(PEOPLE, words)
    return is_served or _manages(words) or _tells_by_whom(words)


def _is_department(words: list[str]) -> bool:
    known_by = _all(beside.KNOWN_BY)
    bare = {"".join(word for word in words if word not in known_by)}
    bare |= {"".join(words).removesuffix(ending) for ending in ("name", "id")}
    is_part = _ends_in(PARTS, known_by, words) or _begins_with(PARTS, words)
    return is_part or not bare.isdisjoint(_all(GROUPS))


def _manages(words: list[str]) -> bool:
    """`account_manager`, `gerente_de_conta`, `manager_name` and `ag_name`. Not `manager`: whoever
    answers may be one."""
    known_by = _all(beside.KNOWN_BY) | _all(beside.OF_A_PERSON)
    managed = _all(beside.MANAGED) | known_by
    stems = [{word} | _stems(word) for word in words if word not in _all(beside.LINKS)]
    return any(
        not whom.isdisjoint(one) and not told.isdisjoint(other)
        for pair in pairwise(stems)
        for one, other in (pair, pair[::-1])
        for whom, told in (
            (_all(beside.MANAGERS), managed),
            (_all(beside.ABBREVIATED), known_by),
        )
    )


def _tells_by_whom(words: list[str]) -> bool:
    """`solved_by`, `solvedby`, `who_helped`."""
    done, whom = _done(), _all(beside.BY_WHOM)
    halves = [(word[:place], word[place:]) for word in words for place in range(1, len(word))]
    pairs = [pair for pair in [*halves, *pairwise(words)] if pair[1] in whom]
    by = any(not done.isdisjoint(_stems(first)) for first, _ in pairs)
    if len(words) > 1 and words[-1] in _all(beside.ONLY_BY):
        by = by or words[-2] not in _all(beside.BY_OTHERS)
    return by or _asks_who(words, done)


def _asks_who(words: list[str], done: frozenset[str]) -> bool:
    """`who_helped`, `wer_hat_geholfen`."""
    places = [place for place, word in enumerate(words) if word in _all(beside.WHO)]
    later = words[places[0] + 1 :] if places else []
    return any(not done.isdisjoint(_stems(word)) for word in later)


def _ends_in(lines: str, endings: frozenset[str], given: list[str]) -> bool:
    words = list(given)
    while len(words) > 1 and words[-1] in endings:
        words.pop()
    joined = {"".join(words[-places:]) for places in range(1, PLACES + 1)} | {"".join(words)}
    if not words or not joined.isdisjoint(_all(beside.OTHERS)):
        return False
    # `sales_person_name`, where `person` alone would only tell of whom the name is.
    joined |= {"".join(given[:place]) for place in range(len(words), len(given) + 1)}
    last = {words[-1], *_without(endings, words[-1])}
    return any(_is_one(lines, word) for word in last | joined)


def _begins_with(lines: str, words: list[str]) -> bool:
    """In many languages what somebody is comes first: `conseiller_client`."""
    heads = _heads(lines)
    begun = {"".join(words[:places]) for places in range(1, PLACES + 1)}
    if not begun.isdisjoint(_all(beside.OTHERS)):
        return False
    # Thai puts no space between words.
    in_thai = bool(words) and not words[0].isascii() and words[0].startswith(_thai(lines))
    return in_thai or any(stem in heads for word in begun for stem in _stems(word))


def _is_one(lines: str, word: str) -> bool:
    nouns, long, short = _nouns(lines), _long(lines), _short(lines)
    return any(
        stem in nouns
        or any(stem[place:] in long for place in range(1, len(stem)))
        or any(stem[place:] in short for place in range(BEFORE, len(stem)))
        for stem in _stems(word)
    )


def _stems(word: str) -> set[str]:
    """The word, and what is left of it without an article and without each ending."""
    bare = {word, *(word.removeprefix(article) for article in _ARTICLES)}
    stems = {stem.removesuffix("s") for one in bare for stem in _without(_all(beside.ENDINGS), one)}
    return bare | {stem for stem in stems if len(stem) >= (SHORTEST if stem.isascii() else 2)}


def _without(endings: frozenset[str], word: str) -> Iterator[str]:
    """Once for each of the endings that it has."""
    for length in range(1, min(len(word), LONGEST_ENDING + 1)):
        if word[-length:] in endings:
            yield word[:-length]


@cache
def _nouns(lines: str) -> frozenset[str]:
    return _with_roots(_spelled(words_in(lines)))


@cache
def _heads(lines: str) -> frozenset[str]:
    """Without those that are English, too: there the last word says what it is."""
    english = _spelled(words_of_languages(lines, "en"))
    heads = _spelled(words_of_languages(lines, beside.HEAD_FIRST))
    return _with_roots(heads) - {stem for word in english for stem in _stems(word)}


def _with_roots(nouns: frozenset[str]) -> frozenset[str]:
    """`squadra` has the plural `squadre`."""
    roots = (word[:-1] for word in nouns if word[-1] in "aeioаьй")
    return nouns | {root for root in roots if len(root) >= (LONG if root.isascii() else 4)}


@cache
def _long(lines: str) -> frozenset[str]:
    return frozenset(word for word in _nouns(lines) if len(word) >= (LONG if word.isascii() else 2))


@cache
def _short(lines: str) -> frozenset[str]:
    return _nouns(lines) & _all(beside.COMPOUNDED)


@cache
def _all(words: str) -> frozenset[str]:
    return _spelled(words.split())


@cache
def _done() -> frozenset[str]:
    return _with_roots(_all(beside.DONE))


@cache
def _thai(lines: str) -> tuple[str, ...]:
    nouns = words_of_languages(lines, "th")
    return tuple(_bare(word) for word in nouns if not word.isascii())


def _spelled(words: Iterable[str]) -> frozenset[str]:
    """Without the s of a plural; ä is written a or ae."""
    spelled = {_bare(word) for word in words}
    spelled |= {_bare(word.translate(_TWO_LETTERS)) for word in words if not word.isascii()}
    return frozenset(word.removesuffix("s") or word for word in spelled)


def _bare(text: str) -> str:
    """Without accents and signs of vowels, in small letters."""
    small = text.casefold().translate(_APOSTROPHES)
    if small.isascii():
        return small
    folded = unicodedata.normalize("NFKD", small)
    letters = "".join(sign for sign in folded if unicodedata.category(sign)[0] != "M")
    return unicodedata.normalize("NFC", letters).translate(_ONE_LETTER)
