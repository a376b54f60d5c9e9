"""Texts that would be more than text in a page, a table, a query, a template or a header."""

import csv
import io
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import quote

from tests.attack.tried import Try, tried
from tests.conftest import Stack
from tests.support.outside import Answer, Outside, call, open_page, press_send

PAGES = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><iframe src=javascript:alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><base href=//evil.example>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>*{background:url(//evil.example)}</style>",
    "<!--<script>-->",
    "{{7919*7907}}{% raw %}",
    "${7919*7907}#{7919*7907}<%= 7919*7907 %>",
)
CELLS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "\t=1+1",
    "\r=1+1",
    "x;=1+1",
    "x\t=1+1",
    "x\n=1+1",
    '";=1+1',
    '",=cmd|" /C calc"!A1',
    "\uff1d1+1",
)
OTHERS = (
    "' OR '1'='1",
    "'; DROP TABLE heed; --",
    '{"$ne": null}',
    "#pk = :pk",
    "../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "x\r\nBcc: victim@example.com",
    "x\nX-Injected: 1",
    "$(id)`id`|id",
    "\u202egnp.exe",
    "a" * 1500,
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
)
TEXTS = PAGES + CELLS + OTHERS
COMPUTED = str(7919 * 7907)
DANGEROUS = ("script", "img", "svg", "iframe", "base", "a")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d")


def attack_texts(stack: Stack) -> Iterator[Try]:
    outside = Outside(stack)
    for place, text in enumerate(TEXTS):
        yield from _as_a_comment(outside, stack, text, f"text-{place}")
        yield from _as_a_survey(outside, stack, text, f"attacked-{place}")
        yield from _in_an_address(stack, text)
    yield from _in_the_table(stack)


def _as_a_comment(outside: Outside, stack: Stack, text: str, ticket: str) -> Iterator[Try]:
    _, links = outside.links_for(stack.survey, ticket)
    opened = open_page(links[2])
    answer = press_send(links[2], opened.text, 2, text)
    yield tried("text in a page", f"comment {text[:40]!r}", answer, _adds_nothing(opened, answer))


def _as_a_survey(outside: Outside, stack: Stack, text: str, survey: str) -> Iterator[Try]:
    known = outside.api("GET", f"/v1/surveys/{stack.survey}").json
    kept = ("scale", "audience", "success", "team")
    body = {name: known[name] for name in kept if known.get(name) is not None}
    body |= {"name": text, "question": text}
    put = outside.api("PUT", f"/v1/surveys/{survey}", body)
    refused = put.status in (400, 409, 422)
    yield tried("text in a survey", f"PUT {text[:40]!r}", put, refused or put.status == 200)
    if not refused:
        _, plain = outside.links_for(stack.survey, f"{survey}-plain")
        _, links = outside.links_for(survey, survey)
        answer = open_page(links[2])
        same = _adds_nothing(open_page(plain[2]), answer)
        yield tried("text in a page", f"question {text[:40]!r}", answer, same)


def _in_an_address(stack: Stack, text: str) -> Iterator[Try]:
    headers = {"Authorization": f"Bearer {stack.key}"}
    for path in (f"/v1/surveys/{quote(text, safe='')}", f"/v1/surveys?cursor={quote(text)}"):
        answer = call("GET", stack.api + path, None, headers)
        refused = 400 <= answer.status < 500
        quiet = "X-Injected" not in answer.headers and "Bcc" not in answer.headers
        yield tried("text in an address", f"GET {path[:60]}", answer, refused and quiet)


def _in_the_table(stack: Stack) -> Iterator[Try]:
    headers = {"Authorization": f"Bearer {stack.key}", "Accept": "text/csv"}
    for state in ("counted", "held", "settling"):
        path = f"/v1/surveys/{stack.survey}/responses?limit=1000&state={state}"
        answer = call("GET", stack.api + path, None, headers)
        for cell in _cells(answer.text):
            safe = not cell.startswith(FORMULA) or _is_number(cell)
            yield tried("cell of a table", f"{state} {cell[:40]!r}", answer, safe)


def _cells(text: str) -> Iterator[str]:
    for delimiter in (",", ";", "\t"):
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield from row


def _is_number(cell: str) -> bool:
    try:
        return isinstance(json.loads(cell), int | float)
    except ValueError:
        return False


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = [name for name, _ in attrs if name.startswith("on")]
        if tag in DANGEROUS or named:
            self.found.append(" ".join([tag, *named]))


def _adds_nothing(before: Answer, after: Answer) -> bool:
    """`after` has no tag that can run or load something which `before` has not, and nothing was
    computed."""
    pages = []
    for answer in (before, after):
        tags = _Tags()
        tags.feed(answer.text)
        pages.append(set(tags.found))
    return pages[1] <= pages[0] and COMPUTED not in after.text
