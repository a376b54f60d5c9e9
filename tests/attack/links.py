"""Links that nobody signed, or that were signed for something else."""

from collections.abc import Iterator
from urllib.parse import urlencode

from tests.attack.forged import mangled
from tests.attack.tried import Try, tried
from tests.conftest import Stack
from tests.support.outside import BROWSER, Answer, Outside, call

FORM = urlencode({"score": "0", "comment": "forged"}).encode()


def attack_links(stack: Stack) -> Iterator[Try]:
    outside = Outside(stack)
    _, links = outside.links_for(stack.survey, "attack-1")
    token = links[0].split("/r/")[1].partition("/")[0]
    _, others = outside.links_for(stack.survey, "attack-2")
    other = others[0].split("/r/")[1].partition("/")[0]
    neutral = _open(stack, "a" * len(token)).text
    for forged in mangled(token, other):
        for answer in (_open(stack, forged), _post(stack, forged)):
            stopped = answer.status == 404 and answer.text == neutral
            yield tried("forged link", forged, answer, stopped)
    yield from _other_purpose(stack, token, neutral)


def _other_purpose(stack: Stack, token: str, neutral: str) -> Iterator[Try]:
    """The link of an answer unsubscribes nobody, and says of nothing that it helped."""
    for method in ("GET", "POST"):
        for door, form in (("u", b"List-Unsubscribe=One-Click"), ("h", b"score=1")):
            body = form if method == "POST" else None
            answer = call(method, f"{stack.api}/{door}/{token}", body, BROWSER)
            stopped = answer.status == 404 and answer.text == neutral
            yield tried("link of another purpose", f"{method} /{door}/", answer, stopped)


def _open(stack: Stack, token: str) -> Answer:
    return call("GET", f"{stack.api}/r/{token}", None, BROWSER)


def _post(stack: Stack, token: str) -> Answer:
    headers = BROWSER | {"Content-Type": "application/x-www-form-urlencoded"}
    return call("POST", f"{stack.api}/r/{token}", FORM, headers)
