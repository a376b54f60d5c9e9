"""The deployed local stack, for the tests that talk to it through HTTP and SMTP."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

# A busy machine is no reason for a test to fail. With CI set, Hypothesis takes the same examples
# each time; elsewhere it looks for new ones.
settings.register_profile("heed", settings.get_profile("default"), deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "heed")

ROOT = Path(__file__).parents[1]


class TwoStacks(LoadScopeScheduling):
    """With `-n 2 --dist loadscope`: one process has the stack that tests share, in their order, and
    the other starts one stack after another for the tests that have a stack of their own."""

    def _split_scope(self, nodeid: str) -> str:
        return "own" if nodeid.startswith("tests/stack/own/") else "shared"


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> TwoStacks | None:
    return TwoStacks(config, log) if config.getvalue("dist") == "loadscope" else None


@dataclass(frozen=True)
class Stack:
    api: str
    app: str
    inbox: str
    key: str
    survey: str
    hook: str
    hook_secret: str
    endpoint: str
    home: Path

    def aws(self, service: str) -> Any:
        """As the account's root, who may do everything."""
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )

    @property
    def outputs(self) -> dict[str, str]:
        found = self.aws("cloudformation").describe_stacks(StackName="heed")["Stacks"][0]
        return {output["OutputKey"]: output["OutputValue"] for output in found["Outputs"]}


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack of its own: other ports and another folder than the developer's."""
    with stack_in(tmp_path_factory.mktemp("stack")) as found:
        yield found


@contextmanager
def stack_in(home: Path) -> Iterator[Stack]:
    environment = stack_environment(home)
    try:
        yield bring_up(home, environment)
    finally:
        heed("down", environment)


def stack_environment(home: Path) -> dict[str, str]:
    return dict(os.environ) | _free_ports() | {"HEED_LOCAL_DIR": str(home)}


def bring_up(home: Path, environment: dict[str, str]) -> Stack:
    heed("up", environment)
    facts = json.loads((home / "stack.json").read_text())
    endpoint = f"http://127.0.0.1:{environment['HEED_AWS_PORT']}"
    return Stack(**facts, endpoint=endpoint, home=home)


def _free_ports() -> dict[str, str]:
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(3)]
        for taken in sockets:
            taken.bind(("127.0.0.1", 0))
        ports = [str(taken.getsockname()[1]) for taken in sockets]
    return dict(zip(("HEED_AWS_PORT", "HEED_INBOX_PORT", "HEED_SMTP_PORT"), ports, strict=True))


def heed(command: str, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "infra.cli", command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        pytest.fail(f"heed {command} failed:\n{done.stdout}{done.stderr}", pytrace=False)
