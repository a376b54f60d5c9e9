import re
import sys
import unicodedata

from chalicelib.text import CONTROLS, TURNS, UNSEEN

EVERY = [chr(number) for number in range(sys.maxunicode + 1)]


def within(characters: str) -> set[str]:
    return set(filter(re.compile(f"[{characters}]").fullmatch, EVERY))


def test_the_control_characters_are_those_of_unicode() -> None:
    assert within(CONTROLS) == {one for one in EVERY if unicodedata.category(one) == "Cc"}


def test_what_turns_a_line_is_told_by_its_direction() -> None:
    kinds = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    assert within(TURNS) == {one for one in EVERY if unicodedata.bidirectional(one) in kinds}


def test_no_space_control_or_turn_is_seen() -> None:
    assert within(rf"\s{CONTROLS}{TURNS}") <= within(UNSEEN)
