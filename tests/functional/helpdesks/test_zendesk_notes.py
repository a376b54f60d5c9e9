"""A note in a ticket of Zendesk, against a server that behaves like it."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from http.client import RemoteDisconnected
from urllib.parse import urlsplit

import pytest

from chalicelib.helpdesks import zendesk_notes, zendesk_sign_in
from chalicelib.helpdesks.note import Account, DeskRefused, Note
from tests.support.notices import HOSTILE
from tests.support.samples import NOW
from tests.support.vendor import as_json, call, serving
from tests.support.zendesk import CLIENT, SECRET, Zendesk

ACCOUNT = Account("acme", CLIENT, SECRET)
NOTE = Note("abc123", "Third visit.\nPlease call me.", ("Wishes to be contacted.",))


@pytest.fixture
def zendesk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Zendesk]:
    monkeypatch.setattr(zendesk_sign_in, "_tokens", {})
    made = Zendesk()
    with serving(made):
        yield made


def write(zendesk: Zendesk, note: Note = NOTE, **changed: object) -> None:
    def ask(method: str, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        found = urlsplit(url)
        assert (found.scheme, found.netloc) == ("https", "acme.zendesk.com")
        path = url.removeprefix("https://acme.zendesk.com")
        status, told, answer = call(zendesk.port, method, path, body, headers)
        if status >= 300:
            raise DeskRefused("refused", status, retry_after=int(told.get("retry-after", 0)))
        return answer

    facts = {"ticket": "48213", "is_repeat": False, "now": NOW, "account": ACCOUNT} | changed
    zendesk_notes.write_note(note=note, ask=ask, **facts)  # type: ignore[arg-type]


def refused(zendesk: Zendesk, **changed: object) -> DeskRefused:
    with pytest.raises(DeskRefused) as caught:
        write(zendesk, **changed)  # type: ignore[arg-type]
    return caught.value


def test_a_note_is_internal_and_has_the_words_first(zendesk: Zendesk) -> None:
    write(zendesk)
    assert zendesk.tickets["48213"] == [
        {
            "html_body": "<blockquote>Third visit.<br>Please call me.</blockquote>"
            "<p>Wishes to be contacted.</p><p>Heed abc123</p>",
            "public": False,
        }
    ]


def test_one_token_serves_many_notes_until_shortly_before_its_end(zendesk: Zendesk) -> None:
    for minutes in (0, 30, 57):
        write(zendesk, now=NOW + timedelta(minutes=minutes))
    assert zendesk.given == 1
    write(zendesk, now=NOW + timedelta(minutes=59))
    assert zendesk.given == 2


def test_a_token_that_was_taken_back_is_replaced_once(zendesk: Zendesk) -> None:
    write(zendesk)
    zendesk.tokens.clear()
    write(zendesk)
    assert (zendesk.given, len(zendesk.tickets["48213"])) == (2, 2)


def test_a_token_that_is_never_taken_is_asked_for_twice_and_no_more(zendesk: Zendesk) -> None:
    answer = as_json(401, {"error": "invalid_token"})
    token = as_json(200, {"access_token": "other", "expires_in": 3600})
    zendesk.instead += [token, answer, token, answer]
    error = refused(zendesk)
    assert (error.code, error.permanent, len(zendesk.calls)) == ("signed_out", False, 4)


def test_wrong_credentials_can_be_mended_while_the_note_waits(zendesk: Zendesk) -> None:
    error = refused(zendesk, account=Account("acme", CLIENT, "wrong"))
    assert (error.code, error.permanent) == ("account_refused", False)
    assert "wrong" not in repr(Account("acme", CLIENT, "wrong"))


def test_no_other_account_gets_the_token_of_this_one(zendesk: Zendesk) -> None:
    write(zendesk)
    refused(zendesk, account=Account("acme", CLIENT, "wrong"))


@pytest.mark.parametrize(
    ("status", "code", "is_lasting"),
    [
        *((404, "ticket_unknown", True), (422, "ticket_closed", True), (400, "refused", True)),
        *((301, "refused", True), (413, "refused", True), (403, "account_refused", False)),
        *((409, "refused", False), (429, "refused", False), (500, "refused", False)),
        *((503, "refused", False), (408, "refused", False)),
    ],
)
def test_what_another_try_may_mend_is_told_from_what_lasts(
    zendesk: Zendesk, status: int, code: str, is_lasting: bool
) -> None:
    write(zendesk)
    zendesk.instead.append(as_json(status, {"error": "x"}, Retry_After="93"))
    error = refused(zendesk)
    assert (error.code, error.permanent, error.retry_after) == (code, is_lasting, 93)


def test_a_ticket_that_is_gone_or_closed_takes_no_note(zendesk: Zendesk) -> None:
    assert refused(zendesk, ticket="7").code == "ticket_unknown"
    zendesk.closed.add("48213")
    assert refused(zendesk).code == "ticket_closed"


@pytest.mark.parametrize("ticket", ["", "../users/1", "48213/comments", "4?x=1", "\u0664", "a"])
def test_what_is_no_number_is_no_ticket_and_is_not_asked_for(zendesk: Zendesk, ticket: str) -> None:
    assert refused(zendesk, ticket=ticket).permanent
    assert zendesk.calls == []


def test_after_a_lost_answer_the_note_is_looked_for_first(zendesk: Zendesk) -> None:
    write(zendesk, note=Note("other", "Before it."))
    zendesk.lost = 1
    with pytest.raises(RemoteDisconnected):
        write(zendesk)
    write(zendesk, is_repeat=True)
    assert len(zendesk.tickets["48213"]) == 2


def test_a_repeat_of_what_never_came_writes_the_note(zendesk: Zendesk) -> None:
    write(zendesk, note=Note("other", "Another answer."))
    write(zendesk, is_repeat=True)
    assert len(zendesk.tickets["48213"]) == 2


@pytest.mark.parametrize("words", [*HOSTILE, "{{{ticket.requester.email}}} {% if x %}", "<b>&"])
def test_words_are_text_and_hold_no_placeholder(zendesk: Zendesk, words: str) -> None:
    write(zendesk, note=Note("abc123", words, (words,)))
    html = zendesk.tickets["48213"][0]["html_body"]
    inside = html.partition("<blockquote>")[2].partition("</blockquote>")[0]
    assert not {"{{", "{%"} & {html[place : place + 2] for place in range(len(html))}
    assert "<" not in inside.replace("<br>", "")
    plain = inside.replace("\u2060", "").replace("&lt;", "<").replace("&gt;", ">")
    assert plain.replace("&amp;", "&").split("<br>") == words.strip().splitlines()


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}"])
def test_an_answer_that_is_no_token_is_tried_again(zendesk: Zendesk, body: bytes) -> None:
    zendesk.instead.append((200, {}, body))
    assert not refused(zendesk).permanent
