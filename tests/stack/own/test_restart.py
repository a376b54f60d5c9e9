"""A stack beside the others, stopped and started again."""

import json
import os
import signal
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import Stack, bring_up, heed
from tests.support.outside import Outside, open_page, press_send, until

pytestmark = pytest.mark.slow


def test_what_was_there_is_there_again_and_the_stream_goes_on(
    stack: Stack, home: Path, environment: dict[str, str]
) -> None:
    before = bring_up(home, environment)
    ask(before, "first@example.com")
    wait_for_mail(before, "first@example.com")
    assert len(processes_of(home)) > 2
    scores = get(before, "scores")
    heed("down", environment)

    assert processes_of(home) == []
    assert not (home / "stack.json").exists()
    assert not (home / "env").exists()

    after = bring_up(home, environment)
    assert (after.api, after.key) == (before.api, before.key)
    assert f"export KEY={after.key}\n" in (home / "env").read_text()
    assert get(after, "scores")["distribution"] == scores["distribution"]
    wait_for_mail(after, "first@example.com")
    ask(after, "second@example.com")
    wait_for_mail(after, "second@example.com")
    # The stack beside it has seen nothing of this.
    assert "first@example.com" not in mails(stack)


def test_what_was_mailed_before_a_crash_can_be_answered_after_it(
    home: Path, environment: dict[str, str]
) -> None:
    before = bring_up(home, environment)
    ask(before, "third@example.com")
    wait_for_mail(before, "third@example.com")
    state = home / "state" / "dynamodb.json"
    until(lambda: "third@example.com" in state.read_text(), what="a save")
    os.kill(int((home / "run" / "ministack.pid").read_text()), signal.SIGKILL)
    until(lambda: len(processes_of(home)) == 1, what="the workers to end")

    after = Outside(bring_up(home, environment))
    (mail,) = after.wait_for_mails("third@example.com")
    link = after.links_in(mail)[9]
    answered = press_send(link, open_page(link).text, 9, "Still here.")
    assert "Your 9 is recorded" in answered.text


def ask(stack: Stack, email: str) -> None:
    get(stack, "invitations", json.dumps({"email": email, "name": "You"}).encode())


def get(stack: Stack, what: str, body: bytes | None = None) -> dict:
    request = urllib.request.Request(
        f"{stack.api}/v1/surveys/{stack.survey}/{what}",
        data=body,
        headers={"Authorization": f"Bearer {stack.key}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def wait_for_mail(stack: Stack, email: str) -> None:
    end = time.monotonic() + 30
    while email not in mails(stack):
        assert time.monotonic() < end, f"no mail to {email}"
        time.sleep(0.2)


def mails(stack: Stack) -> str:
    with urllib.request.urlopen(f"{stack.inbox}/api/messages/", timeout=10) as answer:
        return answer.read().decode()


def processes_of(home: Path) -> list[str]:
    """MiniStack, Sendria and the Lambda workers all have the folder in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if str(home).encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text().replace("\0", " "))
    return found
