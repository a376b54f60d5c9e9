"""Which language a reader gets, and whether every catalogue says everything."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog

from chalicelib import render
from chalicelib.helpdesks.language_names import language_named
from chalicelib.languages import LANGUAGES, accepted, direction, first_of, known
from chalicelib.messages import messages_in
from infra import messages
from tests.support.renderings import CONTEXTS, MAILS

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
# Of respondents' texts every language is complete, of members' texts these are.
CATALOGUES = [(lang, domain) for domain, spoken in messages.SPOKEN.items() for lang in spoken]
OTHERS = [lang for lang in LANGUAGES if lang != "en"]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de", "de"),
        ("de-AT,en;q=0.5", "de"),
        ("en;q=0.3, ja;q=0.9", "ja"),
        ("tlh, nn;q=0.8", "nb"),
        ("zh-TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh", "zh-Hans"),
        ("pt-PT", "pt-BR"),
        ("fr;q=0", None),
        ("*", None),
        ("", None),
        (None, None),
        ("de;q=nonsense, fr", "fr"),
        ("x" * 5000, None),
        ("../../etc/passwd", None),
    ],
)
def test_the_browser_s_wish_is_read(header: str | None, language: str | None) -> None:
    assert accepted(header) == language


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Norwegian", "nb"),
        ("German", "de"),
        ("Deutsch", "de"),
        ("English (United States)", "en"),
        ("Chinese (Traditional)", "zh-Hant"),
        ("Traditional Chinese", "zh-Hant"),
        ("Portuguese (Brazil)", "pt-BR"),
        ("pt-br", "pt-BR"),
        ("Klingon", None),
        ("", None),
    ],
)
def test_a_help_desk_s_name_of_a_language_is_known(name: str, language: str | None) -> None:
    assert language_named(name) == language


def test_the_first_language_that_we_speak_is_taken_and_english_in_the_end() -> None:
    assert first_of(None, "tlh", "fr", "de") == "fr"
    assert first_of("tlh", None) == "en"
    assert known("no") == "nb"


def test_at_least_24_languages_with_some_from_right_to_left() -> None:
    assert len(LANGUAGES) >= 24
    assert {lang for lang in LANGUAGES if direction(lang) == "rtl"} == {"ar", "he", "fa", "ur"}


def texts(message: Any) -> list[tuple[str, str]]:
    """(source, translation) of each form of a message."""
    if not message.pluralizable:
        return [(message.id, message.string)]
    return [(message.id[-1], string) for string in message.string]


@pytest.fixture(scope="module")
def collected() -> dict[str, Catalog]:
    return {domain: messages.collected(domain) for domain in messages.SPOKEN}


@pytest.mark.parametrize("domain", messages.SPOKEN)
def test_the_list_of_messages_is_up_to_date(domain: str, collected: dict[str, Catalog]) -> None:
    listed = messages.template_of(domain).read_bytes()
    assert listed == messages.text_of(collected[domain]), "run `make messages`"


@pytest.mark.parametrize(("lang", "domain"), CATALOGUES)
def test_no_catalogue_misses_holds_too_much_or_breaks_a_message(
    lang: str, domain: str, collected: dict[str, Catalog]
) -> None:
    catalogue, wanted_of = messages.read(lang, domain), collected[domain]
    assert {one.id for one in catalogue if one.id} == {one.id for one in wanted_of if one.id}
    assert not catalogue.obsolete
    for message in catalogue:
        for source, text in texts(message) if message.id else ():
            assert not message.fuzzy
            assert text, source
            assert text == text.strip(), source
            assert not re.search(r"[<>\n]", text), source
            wanted = sorted(PLACEHOLDER.findall(source))
            found = sorted(PLACEHOLDER.findall(text))
            # "Within a day" may do without the number.
            optional = message.pluralizable and found == []
            assert found == wanted or optional, (source, text)


@pytest.mark.parametrize(("lang", "domain"), [one for one in CATALOGUES if one[0] != "en"])
def test_a_catalogue_is_a_translation(lang: str, domain: str) -> None:
    same = [
        message.id
        for message in messages.read(lang, domain)
        if message.id and len(str(message.id)) > 25 and message.string == message.id
    ]
    assert same == []


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.skipped += tag in ("style", "script")

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.said.append(" ".join(data.split()))


def english() -> list[str]:
    plain = [str(message.id) for message in messages.read("en") if message.id]
    return [text for text in plain if len(text) > 20 and "%(" not in text]


@pytest.mark.parametrize("lang", OTHERS)
def test_every_page_and_mail_is_in_the_reader_s_language(lang: str) -> None:
    for name, context in CONTEXTS.items():
        if name in MAILS:
            mail = render.mail(name, **context | {"lang": lang})
            html, rest = mail.html, mail.text + mail.subject
            assert "\n" not in mail.subject
        else:
            html, rest = render.page(name, **context | {"lang": lang}), ""
        assert f'<html lang="{lang}" dir="{direction(lang)}"' in html
        words = Words()
        words.feed(html)
        said = " ".join(words.said) + rest
        assert [text for text in english() if text in said] == [], name


@pytest.mark.parametrize(
    ("lang", "nine"), [("en", "9"), ("ar", "9"), ("fa", "\u06f9"), ("ja", "9")]
)
def test_numbers_are_shown_as_the_language_writes_them_and_sent_as_digits(
    lang: str, nine: str
) -> None:
    html = render.page("answer", **CONTEXTS["answer"] | {"lang": lang})
    assert 'name="score" value="9"' in html
    words = Words()
    words.feed(html)
    assert nine in words.said


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("en", "Mon, Nov 30, 09:05"),
        ("nb", "man. 30. nov., 09:05"),
        ("fi", "ma 30.11. 9.05"),
        ("hi", "सोम, 30 नव॰, 09:05"),
        ("ja", "11月30日(月) 9:05"),
        ("zh-Hant", "11月30日 週一 09:05"),
    ],
)
def test_a_moment_is_shown_as_the_language_writes_it(lang: str, shown: str) -> None:
    time = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)
    assert messages_in(render.TEMPLATES, lang).moment(time) == shown


def test_a_built_copy_needs_no_babel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil
    import sys

    from chalicelib import messages as catalogues

    built = tmp_path / "templates"
    shutil.copytree(render.TEMPLATES, built, ignore=shutil.ignore_patterns(".bytecode"))
    catalogues.precompile(built)
    monkeypatch.setitem(sys.modules, "babel", None)
    catalogues.messages_in.cache_clear()
    for lang in LANGUAGES:
        built_messages = catalogues.messages_in(built, lang)
        assert built_messages.gettext("Send")
        assert built_messages.moment(datetime(2026, 11, 30, 9, 5, tzinfo=UTC))
