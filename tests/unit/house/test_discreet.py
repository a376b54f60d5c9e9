"""What a value hides stands in nothing that is printed of it."""

from importlib import import_module

import pytest

from chalicelib.discreet import Discreet
from infra.paths import ROOT

MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "chalicelib").rglob("*.py")
    if "Discreet" in path.read_text() and path.name != "discreet.py"
)
KINDS = [
    kind
    for module in map(import_module, MODULES)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Discreet) and kind.__module__ == module.__name__
]


def test_they_are_found() -> None:
    assert {"BallotKeys", "Ballot", "Member", "Account", "Matter"} <= {
        one.__name__ for one in KINDS
    }


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_fields_are_not_printed_and_others_are(kind: type[Discreet]) -> None:
    fields = kind.__struct_fields__
    assert kind.hidden
    assert set(kind.hidden) <= set(fields)
    printed = repr(kind(**{name: f"<{name}>" for name in fields}))
    assert {name for name in fields if f"<{name}>" not in printed} == set(kind.hidden)
