"""A text that is too long is refused with the limit of its own field, on every form."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import count
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from tests.functional.conftest import Heed
from tests.support.app_pages import KNOWN, PAGES
from tests.support.members import Browser, signed_in
from tests.support.owners import path_of, task_of
from tests.support.samples import SURVEY
from tests.support.setup_pages import fields_in, send

# So that what is refused is the one text that is too long.
FILLED: Final = {
    "name": "Another",
    "team": "Another",
    "success": "They are glad.",
    "segment.0": "region",
    "question": "How was it?",
    "standard": "",
    "cause": "Cards",
    "due_at": "2030-01-01T10:00",
    "note": "Call them",
    "0.id": "olav",
    "0.name": "Olav",
    "0.email": "olav@example.com",
    "tz": "Europe/Oslo",
    "monday": "08:00-16:00",
}
# What is no text of somebody's own is refused by what it has to be, whatever its length.
NO_WORDS: Final = re.compile(
    r"(\d\.)?(id|email|asks_back|lang|language|slack|owner|tz|\w+day|country|subdivision|account|code)"
    r"|accent|segment\.\d"
)


# The button of each text of a task, whose form has several.
OF_A_TASK: Final = {"note": "note", "cause": "close", "told": "close"}


def fields_with_a_limit(heed: Heed, browser: Browser) -> Iterator[tuple[str, str, str, int, Any]]:
    """Page, form, field and limit, with the answer to a text that is a character longer."""
    known, counted = {**KNOWN, "task": task_of(heed)}, count()
    for path in sorted({one.filled(known) for one in PAGES if one.method == "GET"}):
        page = browser.open(path)
        if page.status_code != 200:
            continue
        for form in re.findall(r'<form [^>]*method="post".*?</form>', page.body.decode(), re.S):
            (named,) = re.findall(r'^<form [^>]*id="([^"]*)"', form)
            (action,) = re.findall(r'^<form [^>]*action="([^"]*)"', form)
            pressed = dict(re.findall(r'<button [^>]*name="([^"]+)" value="([^"]*)"', form)[:1])
            given = fields_in(page, named)
            given |= {name: [text] for name, text in FILLED.items() if name in given}
            for field, most in limits_in(form):
                new = {"id": f"new-{next(counted)}"} if "id" in given else {}
                if named == "work":
                    pressed = {"act": OF_A_TASK[field]}
                sent = {**given, **new, **pressed, field: "a" * (most + 1)}
                answer = browser.post(urlsplit(unescape(action)).path, sent)
                yield path, named, field, most, answer


def limits_in(form: str) -> list[tuple[str, int]]:
    tags = re.findall(r"<(?:input|textarea) [^>]*maxlength=[^>]*>", form)
    return [
        (re.findall(r'\sname="([^"]*)"', tag)[0], int(re.findall(r'maxlength="(\d+)"', tag)[0]))
        for tag in tags
    ]


def problem_at(answer: Any, field: str) -> str:
    found = re.findall(
        rf'<p class="wrong" id="e-{re.escape(field)}">(.*?)</p>', answer.body.decode(), re.S
    )
    return unescape(found[0]) if found else ""


def test_every_form_tells_the_limit_of_the_field_that_is_too_long(heed: Heed) -> None:
    seen = list(fields_with_a_limit(heed, signed_in(heed)))
    told = {}
    for path, form, field, most, answer in seen:
        if NO_WORDS.fullmatch(field):
            numbers = re.findall(r"\d+", problem_at(answer, field))
            assert numbers in ([], [str(most)]), (path, field)
            continue
        told[path, form, field] = (problem_at(answer, field), most)
    wrong = {place: said for place, (said, most) in told.items() if f"{most:,} char" not in said}
    assert wrong == {}
    assert len(told) > 20


def test_one_line_of_many_that_is_too_long_is_no_whole_text(heed: Heed) -> None:
    kari, path = signed_in(heed), f"/app/setup/surveys/{SURVEY.id}/reports/2026-10"
    answer = send(kari, kari.open(path), path, did="a\n" + "b" * 201)
    assert problem_at(answer, "did") == "Please write lines of at most 200 characters each."


@pytest.mark.parametrize(
    ("act", "fields", "field", "said"),
    [
        ("note", {"note": "a" * 201}, "note", "one line of at most 200 characters"),
        ("close", {"cause": "a" * 61}, "cause", "one line of at most 60 characters"),
        ("close", {"told": "a" * 2001}, "told", "This is longer than 2,000 characters."),
        (
            "close",
            {"told": "a" * 2001, "send": "yes"},
            "told",
            "This is longer than 2,000 characters.",
        ),
        (
            "close",
            {"told": "\u200b", "send": "yes"},
            "told",
            "Please write what the person is to read",
        ),
    ],
)
def test_a_task_tells_the_limit_of_what_was_written(
    heed: Heed, act: str, fields: dict[str, str], field: str, said: str
) -> None:
    task, kari = task_of(heed), signed_in(heed)
    sent = {"cause": "Wi-Fi"} | fields if act == "close" else fields
    mine = kari.press(kari.open(f"/app/tasks/{task}"), "work", act=act, **sent)
    assert mine.status_code == 422
    assert said in problem_at(mine, field)
    linked = heed.post_form(path_of(task), {"version": "1", "act": act, **sent})
    assert linked.status_code == 400
    assert said in linked.body.decode()


@pytest.mark.parametrize(("field", "most"), [("note", 2000), ("cause", 60), ("tell", 2000)])
def test_the_api_tells_it_too(heed: Heed, field: str, most: int) -> None:
    body = {"state": "closed", "cause": "Wi-Fi", field: "a" * (most + 1)}
    refused = heed.call("PATCH", f"/v1/tasks/{task_of(heed)}", body)
    (error,) = refused.json_body["errors"]
    assert error["pointer"].endswith(f"/{field}")
    assert error["detail"] == f"String should have at most {most} characters"
