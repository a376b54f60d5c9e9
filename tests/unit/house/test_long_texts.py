"""Texts that are made to make a regular expression slow, as long as a request may bring them."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from chalicelib import languages, misuse
from chalicelib.errors import HeedError
from chalicelib.invitations.cleaned import address, one_line
from chalicelib.responses.pages.form import read_form
from chalicelib.surveys.read_themes import theme_reader
from chalicelib.web.csv_export import csv_text
from chalicelib.web.negotiation import best_of
from chalicelib.web.user_agent import ROBOT

LONG = 100_000
TEXTS = {
    "spaces": " " * LONG,
    "blanks": "\t \r\n" * (LONG // 4),
    "quotes": '"' * LONG,
    "formulas": ';"=' * (LONG // 3),
    "half a formula": ';"' * (LONG // 2),
    "commas": "a," * (LONG // 2),
    "hyphens": "a-" * (LONG // 2),
    "one letter": "a" * LONG,
    "dots": "a." * (LONG // 2) + "!",
    "an address": "a@" + "a." * (LONG // 2),
    "joiners": "e\u0301\u200d" * (LONG // 3),
    "words": "sOlVeDbY_" * (LONG // 9),
}
THEMES = theme_reader({"Speed": ["slow", "took too long"]}, "en")
READERS: dict[str, Callable[[str], object]] = {
    "a language": languages.accepted,
    "a media type": lambda text: best_of(text, ["application/json"]),
    "a browser": ROBOT.search,
    "a line": one_line,
    "an address": address,
    "a cell": lambda text: csv_text(["comment"], [{"comment": text}]),
    "a comment": lambda text: read_form(b"score=9&comment=" + text.encode("ascii"), range(11)),
    "themes": THEMES,
    "a name of a parameter": lambda text: misuse.refuse_misuse({text: [text]}),
}
SECONDS = 1.0  # a regular expression that goes back and forth takes minutes


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_no_text_keeps_a_reader_busy(read: Callable[[str], object], text: str) -> None:
    started = time.process_time()
    with suppress(HeedError, ValueError):
        read(text)
    assert time.process_time() - started < SECONDS
