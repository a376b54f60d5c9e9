"""What mail programs cannot show of our mails, by the data of caniemail.com. What is accepted is
in tests/data/mail_gaps.json: a new gap fails, and so does one that is gone. No browser."""

import json
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.surveys.scale import Scale, points_of
from tests.support.renderings import MAILS, branded, looks_of, mail

HERE = Path(__file__).parents[1]  # where its package is installed
ACCEPTED = json.loads((Path(__file__).parents[2] / "data/mail_gaps.json").read_text("utf-8"))
# Of the others the data has holes, for which the package gives up.
PROGRAMS = (
    *("aol.*", "apple-mail.*", "fastmail.*", "gmail.*", "hey.*", "outlook.*", "protonmail.*"),
    *("samsung-email.*", "yahoo.*"),
)
CHECK = """
import { caniemail } from "caniemail";
import { readFileSync } from "fs";
const { clients, mails } = JSON.parse(readFileSync(0, "utf8"));
const found = mails.flatMap(html => {
  const { issues } = caniemail({ clients, html });
  return [...issues.errors, ...issues.warnings].flatMap(([, list]) => list);
});
console.log(JSON.stringify(found.map(({ title, support }) => [title, support])));
"""


def gaps_of(mails: list[str]) -> dict[str, set[str]]:
    """Titles by how far the feature is missing; what is missing somewhere altogether is `none`."""
    done = subprocess.run(
        ["node", "--input-type=module", "-e", CHECK],
        input=json.dumps({"clients": PROGRAMS, "mails": mails}),
        cwd=HERE,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, set[str]] = defaultdict(set)
    for title, support in json.loads(done.stdout):
        found[support].add(title)
    found["partial"] -= found["none"]
    return found


def every_mail() -> Iterator[str]:
    for name in MAILS:
        yield from (mail(name, lang=lang).html for lang in ("en", "ar"))
    yield mail("invitation", brand=branded("#7a0019")).html
    for scale in Scale:
        links = [(point, f"https://heed.example.com/r/t/{point}") for point in points_of(scale)]
        for look in looks_of(scale):
            yield mail("invitation", scale=scale, look=look, links=links).html


@pytest.fixture(scope="module")
def gaps() -> dict[str, set[str]]:
    return gaps_of(list(every_mail()))


def test_no_mail_needs_what_a_mail_program_has_not_beyond_what_was_accepted(
    gaps: dict[str, set[str]],
) -> None:
    assert gaps["none"] == set(ACCEPTED["none"])


def test_what_is_shown_in_part_was_looked_at(gaps: dict[str, set[str]]) -> None:
    assert gaps["partial"] == set(ACCEPTED["partial"])


def test_a_gap_that_nobody_accepted_is_found() -> None:
    found = gaps_of(['<div style="position:fixed;filter:blur(1px)">a</div>'])
    assert found["none"] - set(ACCEPTED["none"])
