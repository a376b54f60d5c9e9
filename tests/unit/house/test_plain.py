"""The names and words of others, as they go into a mail's subject, a chat or a help desk."""

import json
import re
import sys
import unicodedata
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from chalicelib.helpdesks.note import Note
from chalicelib.invitations.invitation import Ticket
from chalicelib.notify.chat.slack import message_of
from chalicelib.notify.chat.teams import card_of
from chalicelib.notify.tickets.compose_note import note_of
from chalicelib.plain import line, words
from chalicelib.responses.response import Answer, answered
from chalicelib.tasks.plan import FACTS
from chalicelib.text import LINE
from tests.support.notices import notice
from tests.support.renderings import MAILS, mail
from tests.support.samples import NOW, SURVEY, invitation

FSI, PDI = "\u2068", "\u2069"
MARKS = "\u200e\u200f\u061c"
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
OTHERS = "\ufeff\u200b\u2060\u2064\u206a\u206f\u00ad\ufff9\ufffb\u180e\x00\x1b\x85" + chr(0xE0041)
ARABIC, HEBREW = "نور الهدى", "מוקד התמיכה"
JOINED = (
    "می\u200cروم",  # Persian
    "ശ്രീ ന്\u200d",  # Malayalam, at the end of a word
    "ක්\u200dෂ",  # Sinhala
    "क्\u200cष",  # Hindi
    "\U0001f469\U0001f3fd\u200d\U0001f4bb \u2764\ufe0f\u200d\U0001f525",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # England's flag
)
NAMES = (
    "Kari\u202e moc.elpmaxe",
    "\u2067Kari\u2066",
    "Kari\u2069\u202d\u2069",
    f"{MARKS}Kari{TURNING}{OTHERS}",
    f"\u202b{ARABIC}\u202c",
    f"{HEBREW}\u2069\u202e",
)


def unruly(text: str) -> set[str]:
    """What no name may bring. What sets a name apart is taken away where it is in pairs."""
    return set(re.sub(f"{FSI}([^{FSI}{PDI}]*){PDI}", r"\1", text)) & set(TURNING + MARKS + OTHERS)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_turns_nothing_and_stays_readable(name: str) -> None:
    assert not unruly(line(name))
    assert any(shown in line(name) for shown in ("Kari", ARABIC, HEBREW))


@pytest.mark.parametrize("text", [*JOINED, ARABIC, HEBREW, "Zoë O'Neil, 株式会社"])
def test_letters_and_emoji_stay_as_they_are(text: str) -> None:
    assert line(text) == words(text) == text


def test_joiners_that_join_nothing_are_taken_away() -> None:
    assert line("\u200dKa\u200d\u200dri \u200c") == "Ka\u200dri"


def test_what_is_left_of_a_name_moves_nothing_but_letters() -> None:
    every = "".join(f"a{chr(number)}" for number in range(sys.maxunicode + 1))
    kinds = {unicodedata.bidirectional(letter) for letter in line(every)}
    assert not kinds & {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    formats = {letter for letter in line(every) if unicodedata.category(letter) in ("Cc", "Cf")}
    # Signs of scripts, such as the one that stands around an Arabic number, are seen.
    assert {hex(ord(letter)) for letter in formats if letter not in "\u200c\u200d"} <= SIGNS


SIGNS = {hex(number) for number in (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2)}
SIGNS |= {hex(number) for number in (0x110BD, 0x110CD, *range(0x13430, 0x13440))}
SIGNS |= {hex(number) for number in (*range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B))}


def test_words_keep_their_lines_and_the_marks_that_order_them() -> None:
    said = f"C++\u200e \u202e{HEBREW}\u202c!\u200f\n\tsecond\x00\ufeff"
    assert words(said) == f"C++\u200e {HEBREW}!\u200f\n\tsecond"


def channels(name: str) -> Iterator[tuple[str, str]]:
    """What each channel sends when every name that it tells is this one."""
    ticket = Ticket("zendesk", "48213", name, "https://desk.example.com/48213")
    told = {"person": name, "survey": name, "owner": name, "ticket": ticket, "causes": (name,)}
    for lang in ("en", "ar"):
        for said in ({}, {"words": None}, {"state": "closed", "cause": name}):
            made = notice(**told, **said, lang=lang)
            yield f"slack {lang}", shown(json.loads(message_of(made)))
            yield f"teams {lang}", shown(json.loads(card_of(made)))
    yield "note", " ".join(note(name).facts)
    fields = ("person_name", "ticket_subject", "survey_name", "team", "webhook")
    for kind in MAILS:
        made_mail = mail(kind, **dict.fromkeys(fields, name))
        yield f"subject {kind}", made_mail.subject
        yield f"text {kind}", made_mail.text
        yield f"html {kind}", made_mail.html


def shown(found: object) -> str:
    """Every text of a message, without what a menu sends back."""
    if isinstance(found, dict):
        return shown([inner for name, inner in found.items() if name != "value"])
    return "\n".join(map(shown, found)) if isinstance(found, list) else str(found)


def note(name: str, comment: str | None = "It is slow.") -> Note:
    said = answered(invitation(), None, Answer(3, comment), "operation", "2026-11-20", NOW)
    made = note_of(replace(said, name=name), replace(SURVEY, name=name), "id", FACTS)
    assert made
    return made


@pytest.mark.parametrize("name", NAMES)
def test_no_channel_is_turned_by_a_name(name: str) -> None:
    turned = {channel: unruly(sent) for channel, sent in channels(name)}
    assert {channel: found for channel, found in turned.items() if found} == {}


def test_a_name_that_runs_the_other_way_is_set_apart_in_a_sentence() -> None:
    asked = message_of(notice(words=None, survey=HEBREW)).decode()
    assert f"Somebody asks to be contacted: {FSI}{HEBREW}{PDI}" in asked
    assert note(ARABIC).facts[-1] == (f"{FSI}{ARABIC}{PDI} answered the survey {FSI}{ARABIC}{PDI}.")
    assert note("Kari").facts[-1] == "Kari answered the survey Kari."


@pytest.mark.parametrize("turn", TURNING)
def test_a_name_that_the_api_takes_holds_nothing_that_turns(turn: str) -> None:
    assert re.match(LINE, "Kari Nordmann")
    assert not re.match(LINE, f"Kari{turn} Nordmann")
    assert re.match(LINE, f"{HEBREW}\u200f (2)")
