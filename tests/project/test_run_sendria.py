"""Sendria starts on a Python that no longer has what it asks for."""

import subprocess
import sys

from infra.paths import ROOT

# As Python 3.14 is: no such function, and no loop until one was set.
AS_3_14 = """
import asyncio, pkgutil, sys, types
vars(pkgutil).pop("get_loader", None)
asyncio.set_event_loop(None)
asked = asyncio.get_event_loop
sys.path.insert(0, "infra")
import run_sendria
"""
SENDRIA = """
def main():
    loop = asyncio.get_event_loop()
    assert loop is asyncio.get_event_loop()
    print(pkgutil.get_loader("asyncio").get_filename().endswith("__init__.py"))
    print(loop.run_until_complete(asyncio.sleep(0, "ran")))

sys.modules["sendria"] = types.ModuleType("sendria")
sys.modules["sendria.cli"] = types.SimpleNamespace(main=main)
run_sendria.main()
"""


def test_sendria_finds_a_loader_and_a_loop():
    done = subprocess.run(
        [sys.executable, "-c", AS_3_14 + SENDRIA], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout.split() == ["True", "ran"], done.stderr
