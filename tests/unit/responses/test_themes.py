"""Themes: the keywords of a team found in the words of people, and the search beside it."""

from typing import Any

import pytest
from pydantic import ValidationError

from chalicelib.search import holds, words_of
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.items import definition_of
from chalicelib.surveys.read_themes import ALGORITHMS, theme_reader
from tests.support.given_surveys import survey_of
from tests.support.samples import SURVEY


@pytest.mark.parametrize(
    ("lang", "keyword", "comment"),
    [
        ("en", "wait", "Waiting took forever"),
        ("en", "queue", "I hate QUEUES!"),
        ("en", "second line", "The second lines never called"),
        ("en", "response time", "response\ntimes"),
        ("en-GB", "customer", "the customer\u2019s laptop"),
        ("de", "warten", "Wir warteten auf Antwort"),
        ("de", "Straße", "STRASSE gesperrt"),
        ("fr", "réponse", "Les REPONSES, non: les Re\u0301ponses"),
        ("ru", "очередь", "Стоял в очереди"),
        ("tr", "İstek", "istekler kayboldu"),
        ("hi", "समस्या", "समस्याएं बहुत हैं"),
        ("de", "ticket", "All tickets were closed"),
        ("ja", "遅い", "対応が遅いです"),
        ("th", "ช้า", "บริการช้ามาก"),
        ("vi", "chậm", "Mạng CHẬM quá"),
        ("en", "遅い", "対応が遅いです"),
        ("en", "\U0001f621", "Again \U0001f621\U0001f621"),
        ("xx-unknown", "wait", "waits"),
    ],
)
def test_a_keyword_is_found_in_its_word_forms(lang: str, keyword: str, comment: str) -> None:
    assert theme_reader({"T": [keyword]}, lang)(comment) == ["T"]


@pytest.mark.parametrize(
    ("lang", "keyword", "comment"),
    [
        ("en", "art", "We started at once"),
        ("en", "second line", "The line was busy for a second"),
        ("en", "second line", "second"),
        ("en", "wait", ""),
        ("en", "wait", None),
        ("ja", "遅い", "対応が早いです"),
    ],
)
def test_a_keyword_is_not_found_in_other_words(
    lang: str, keyword: str, comment: str | None
) -> None:
    assert theme_reader({"T": [keyword]}, lang)(comment) == []


def test_themes_come_in_the_order_of_the_team_s_list() -> None:
    read = theme_reader({"Waiting": ["slow", "wait"], "Staff": ["kind"], "Price": ["cost"]}, "en")
    assert read("Kind people, but waiting and waiting") == ["Waiting", "Staff"]


def test_every_stemmer_that_is_named_exists() -> None:
    for lang in ALGORITHMS:
        assert theme_reader({"T": ["word"]}, lang)("word") == ["T"]


def test_a_survey_without_themes_imports_no_stemmer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "snowballstemmer", None)
    assert theme_reader({}, "en")("slow") == []


@pytest.mark.parametrize(
    ("query", "comment"),
    [
        ("strasse", "Die Straße"),
        ("STRAßE", "die strasse"),
        ("istanbul", "\u0130stanbul"),
        ("\u0130STANBUL", "istanbul"),
        ("cafe\u0301", "Caf\u00e9 au lait"),
        ("\ufb01ne", "It is FINE"),
        ("\u2764", "Thanks \u2764\ufe0f"),
        ("\U0001f44d", "ok \U0001f44d\U0001f3fd"),
        ("slow  laptop", "My LAPTOP is slow"),
        ("ΟΔΟΣ", "οδος"),
        ("ＡＢＣ", "abc"),  # noqa: RUF001
    ],
)
def test_a_search_finds_words_however_they_are_typed(query: str, comment: str) -> None:
    assert holds(comment, words_of(query))


@pytest.mark.parametrize(("query", "comment"), [("cafe", "café"), ("a b", "a"), ("x", None)])
def test_a_search_wants_every_word(query: str, comment: str | None) -> None:
    assert not holds(comment, words_of(query))


def survey_with(themes: Any) -> Survey:
    return survey_of({**definition_of(SURVEY), "themes": themes})


def test_names_and_keywords_are_trimmed() -> None:
    assert survey_with({" Waiting ": [" slow "]}).themes == {"Waiting": ["slow"]}


@pytest.mark.parametrize(
    "themes",
    [
        {"Waiting": []},
        {"": ["slow"]},
        {"  ": ["slow"]},
        {"Waiting": [" "]},
        {"x" * 61: ["slow"]},
        {"Waiting": ["x" * 41]},
        {"Wai\x00ting": ["slow"]},
        {"Waiting": ["sl\x85ow"]},
        {"Waiting": ["\ud800"]},
        {"Waiting": ["slow"], "waiting ": ["queue"]},
        {"Waiting": ["slow"] * 51},
        {f"t{number}": ["slow"] for number in range(31)},
        {"Waiting": "slow"},
    ],
)
def test_themes_that_cannot_be_used_are_refused(themes: Any) -> None:
    with pytest.raises(ValidationError):
        survey_with(themes)
