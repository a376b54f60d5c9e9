"""Commands of the docs, as a reader pastes them into a shell."""

import re
from pathlib import Path

import pytest

from infra.stack import exports

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
# `.local/env` sets these while the local stack is up, and the shell those.
FACTS = dict.fromkeys(("api", "key", "inbox", "hook", "hook_secret"), "")
SET = {line.removeprefix("export ").partition("=")[0] for line in exports(FACTS)}
OF_SHELLS = {"PATH", "PWD"}
BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.S | re.M)
SINGLE_QUOTED = re.compile(r"'[^']*'", re.S)


def commands_in(text: str) -> list[str]:
    return [block for kind, block in BLOCK.findall(text) if kind in ("", "sh")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_variable_of_a_command_is_set_or_the_page_says_what_it_is(page: Path) -> None:
    text = page.read_text()
    told = set(re.findall(r"`\$(\w+)`", BLOCK.sub("", text)))
    for block in commands_in(text):
        set_here = set(re.findall(r"^ *(?:export +)?(\w+)=|for (\w+) in", block, re.M))
        known = SET | OF_SHELLS | told | {name for pair in set_here for name in pair}
        used = set(re.findall(r"\$\{?([A-Za-z_]\w*)", SINGLE_QUOTED.sub("", block)))
        assert used <= known, block


def test_the_commands_are_found() -> None:
    blocks = [block for page in PAGES for block in commands_in(page.read_text())]
    assert sum("$API" in block for block in blocks) > 20
