"""What a function makes anew when SnapStart has restored it."""

import random
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.aws import clients
from chalicelib.restored import make_anew, make_anew_when_restored
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tally import wiring as tally_wiring
from infra.paths import ROOT

KEPT: list[tuple[Any, str]] = [
    (clients, "_session"),
    (clients, "client"),
    (wiring, "table"),
    (wiring, "secrets"),
    (wiring, "bus"),
    (surveys_wiring, "catalogue"),
    (tally_wiring, "shards"),
]


@pytest.fixture(autouse=True)
def _own_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests keep the clients that they have."""
    for name in ("DEFAULT_REGION", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY"):
        monkeypatch.setenv(f"AWS_{name}", "us-east-1")
    monkeypatch.setenv("HEED_TABLE", "heed")
    monkeypatch.setenv("HEED_BUS", "heed")
    for module, name in KEPT:
        monkeypatch.setattr(module, name, cache(getattr(module, name).__wrapped__))
    monkeypatch.setattr(wiring, "client", clients.client)


def test_the_hook_is_registered_where_lambda_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    hooks: list[Callable[[], None]] = []
    runtime = ModuleType("snapshot_restore_py")
    runtime.__dict__["register_after_restore"] = hooks.append
    monkeypatch.setitem(sys.modules, "snapshot_restore_py", runtime)
    make_anew_when_restored()
    assert hooks == [make_anew]


def test_without_it_nothing_is_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "snapshot_restore_py", None)
    make_anew_when_restored()


def test_the_app_registers_it() -> None:
    script = (
        "import sys, types; hooks = []; runtime = types.ModuleType('snapshot_restore_py')\n"
        "runtime.register_after_restore = hooks.append\n"
        "sys.modules['snapshot_restore_py'] = runtime; import app; print(len(hooks))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "1"


@pytest.mark.parametrize(("module", "name"), KEPT[2:])
def test_what_holds_a_client_is_another(module: Any, name: str) -> None:
    before = getattr(module, name)()
    make_anew()
    assert getattr(module, name)() is not before


def test_clients_are_others() -> None:
    before = clients.client("dynamodb")
    make_anew()
    assert clients.client("dynamodb") is not before


def test_what_a_tap_calls_is_there_before_the_first_request() -> None:
    make_anew()
    for make in (wiring.table, wiring.secrets):
        assert make.cache_info().currsize == 1


def test_two_copies_of_one_memory_do_not_draw_alike() -> None:
    memory = random.getstate()
    drawn = set()
    for _ in range(2):
        random.setstate(memory)
        make_anew()
        drawn.add(tuple(wiring.pick(1000) for _ in range(8)))
    assert len(drawn) == 2
