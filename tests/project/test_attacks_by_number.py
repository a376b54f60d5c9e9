"""The attacks on sealed surveys (docs/anonymity.md): each has a test with its number as a name."""

import re

from infra.paths import ROOT

# A29 and A30 are of blind signatures in the browser, which are not built.
WANTED = {*range(1, 29), *range(31, 35)}


def test_each_attack_has_a_test_with_its_number() -> None:
    names = [
        name
        for path in (ROOT / "tests").glob("*/**/test_*.py")
        for name in re.findall(r"^ *def (test_\w+)", path.read_text(), re.MULTILINE)
    ]
    numbers = {int(number) for name in names for number in re.findall(r"_a(\d+)(?=_|$)", name)}
    assert numbers == WANTED
