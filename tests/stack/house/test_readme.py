"""The commands of the README and of the judge's page, as a reader pastes them."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Stack
from tests.support.outside import Outside

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def checkout(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose `.local` is that of the stack under test."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / ".local").symlink_to(stack.home)
    return folder


def commands_in(page: str, heading: str) -> list[str]:
    """The blocks of one chapter that talk to the API."""
    chapter = (ROOT / page).read_text().partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"^```\n(.*?)^```$", chapter, re.DOTALL | re.MULTILINE)
    found = [block for block in blocks if "$API" in block]
    assert found
    return found


# What a reader runs before there is a stack, beside it, or against AWS.
NOT_PASTED = ("git clone ", "make test", "HEED_MAIL_FROM=")


def test_every_block_of_the_readme_is_pasted_here_or_is_none_for_a_running_stack() -> None:
    blocks = re.findall(r"^```\n(.*?)^```$", (ROOT / "README.md").read_text(), re.S | re.M)
    chapters = ("Start", "What it does", "The API")
    pasted = [block for chapter in chapters for block in commands_in("README.md", chapter)]
    rest = [block for block in blocks if block not in pasted]
    assert [block for block in rest if not block.startswith(NOT_PASTED)] == []


def test_the_readme_s_survey_is_made(stack: Stack, checkout: Path) -> None:
    (made,) = commands_in("README.md", "The API")
    printed = json.loads(paste(checkout, ". .local/env", made))
    assert (printed["id"], printed["counts"]) == ("account-reviews", "tap")


def test_the_readme_s_wave_is_asked(stack: Stack, checkout: Path) -> None:
    (asked,) = commands_in("README.md", "What it does")
    printed = paste(checkout, ". .local/env", asked)
    assert '"identity": "anonymous"' in printed
    assert '"asked": 12, "not_asked": 0' in printed


def paste(checkout: Path, *blocks: str) -> str:
    """Gives what the blocks print, one after the other in one shell."""
    script = ["bash", "-uo", "pipefail", "-c", "\n".join(blocks)]
    done = subprocess.run(script, cwd=checkout, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def answer_of(outside: Outside, survey: str, state: str, ticket: str) -> Any:
    found = outside.responses(survey, state)
    return next((answer for answer in found if (answer["ticket"] or {}).get("id") == ticket), None)


def test_the_readme_s_walk_holds_what_curl_sends_and_accepts_it(
    stack: Stack, checkout: Path
) -> None:
    numbers, held, accepted = commands_in("README.md", "Start")
    outside = Outside(stack)
    printed = paste(checkout, numbers, held)
    assert "<h1>Your 3 is not confirmed yet</h1>" in printed
    assert '"nps":' in printed
    assert answer_of(outside, stack.survey, "held", "sent-by-curl")["why"] == "robot"
    assert '"state": "counted", "why": "operator"' in paste(checkout, numbers, accepted)
    assert answer_of(outside, stack.survey, "held", "sent-by-curl") is None
    assert answer_of(outside, stack.survey, "counted", "sent-by-curl")["score"] == 3


def test_the_judge_s_page_says_what_becomes_of_a_script(stack: Stack, checkout: Path) -> None:
    setting = commands_in("README.md", "Start")[0]
    typed, scanned = commands_in("docs/judge.md", "Try it with `curl`")
    outside = Outside(stack)
    assert "Your 9 is not confirmed yet" in paste(checkout, setting, typed)
    assert answer_of(outside, stack.survey, "held", "typed-by-hand")["why"] == "foreign_form"
    before = outside.scores()["distribution"]
    assert "typed-by-hand" in paste(checkout, setting, scanned)
    for state in ("held", "settling", "counted"):
        assert answer_of(outside, stack.survey, state, "scanned") is None
    assert outside.scores()["distribution"] == before


def test_a_trial_survey_counts_what_a_script_sends(stack: Stack, checkout: Path) -> None:
    setting = commands_in("README.md", "Start")[0]
    (sent,) = commands_in("docs/judge.md", "A trial survey")
    printed = paste(checkout, setting, sent)
    assert "Your 9 is recorded" in printed
    assert '"trial": true' in printed.replace('":true', '": true')
    (counted,) = Outside(stack).responses("trial", "counted")
    assert counted["score"] == 9
