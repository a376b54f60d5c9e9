"""MiniStack (a local AWS) and Sendria (an inbox with a web page), on loopback only, unless in a
container."""

import json
import os
import socket
import sys
import sysconfig
import time
import urllib.error
import urllib.request
from pathlib import Path

from infra.child import Child, is_group_alive, stop_together, wait_until
from infra.errors import OperatorError
from infra.paths import ROOT, SHARED, LocalStack
from infra.private import make_private
from infra.progress import console
from infra.run_ministack import SAVE_ALL

# In seconds. MiniStack needs a few to save its state.
PATIENCE = 30.0
LOST = "What it had not saved is lost: the last seconds, at most a minute."


def children(stack: LocalStack) -> tuple[Child, Child]:
    return Child("ministack", stack.home), Child("sendria", stack.home)


def start(stack: LocalStack, with_parent: bool) -> None:
    """`with_parent`: it stops when this process ends, also when that is killed."""
    aws, inbox = children(stack)
    refuse_busy_ports(stack)
    for folder in ("inbox", "log", "run", "state", "state/s3", "tmp"):
        make_private(stack.home / folder)
    refuse_damaged_state(stack.home / "state")
    forget_stream_positions(stack.home / "state" / "lambda.json")
    inbox.start(_sendria(stack), _sendria_environment(stack), with_parent)
    aws.start(_ministack(), _ministack_environment(stack), with_parent)
    _wait_for(f"{stack.inbox}/api/messages/", inbox)
    _wait_for(f"{stack.endpoint}/_ministack/ready", aws)


def save(stack: LocalStack) -> None:
    """All that was deployed, so that a crash loses the last seconds only."""
    aws, _ = children(stack)
    aws.send(SAVE_ALL)


def stop(stack: LocalStack) -> None:
    stopped = stop_together(children(stack), PATIENCE)
    for child, end in stopped.items():
        if end.was_cut_off:
            console.print(f"  {child.name} did not end in {PATIENCE:.0f} s and was cut off. {LOST}")
    # A slow system lists a process for a moment after it has ended.
    wait_until(lambda: not any(is_group_alive(end.group) for end in stopped.values()), 3)


def refuse_busy_ports(stack: LocalStack) -> None:
    for variable, port in stack.ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise OperatorError(
                    f"Port {port} is in use. Set {variable} to a free port and start again."
                ) from error


def refuse_damaged_state(folder: Path) -> None:
    """MiniStack would start without what is in a damaged file, and save that."""
    for path in sorted(folder.glob("*.json")):
        try:
            json.loads(path.read_bytes())
        except ValueError as error:
            raise OperatorError(
                f"{path} is damaged. Move it away to start without what was in it, or start anew"
                " with make clean."
            ) from error


def forget_stream_positions(state: Path) -> None:
    # MiniStack stores how far a stream was read, but not the stream. After a restart it would
    # skip as many new records.
    if not state.exists():
        return
    saved = json.loads(state.read_text())
    positions = saved.get("payload", {}).get("dynamodb_stream_positions", {})
    if positions.get("data"):
        positions["data"] = {}
        fresh = state.with_suffix(".new")
        fresh.write_text(json.dumps(saved))
        os.replace(fresh, state)


def _ministack() -> list[str | Path]:
    script = ROOT / "infra" / "run_ministack.py"
    return [_program("aws", "python"), "-P", script, packages_of(SHARED / "venvs" / "sam")]


def packages_of(environment: Path) -> Path:
    """Raises OperatorError. The zip is for this Python, so the functions have to run in it."""
    found = Path(sysconfig.get_path("purelib", "venv", {"base": str(environment)}))
    if not found.exists():
        python = "{}.{}".format(*sys.version_info)
        raise OperatorError(
            f"The local stack is not installed for Python {python}. make run installs it."
        )
    return found


def _ministack_environment(stack: LocalStack) -> dict[str, str]:
    return _clean_environment(stack) | {
        "BIND_HOST": stack.bind,
        "MINISTACK_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(stack.aws_port),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "AUTH": "true",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(stack.home / "state"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(stack.home / "state" / "s3"),
        "SMTP_HOST": f"127.0.0.1:{stack.smtp_port}",
        "AWS_DEFAULT_REGION": "us-east-1",
    }


def _clean_environment(stack: LocalStack) -> dict[str, str]:
    # Lambda workers inherit it, so nothing from the operator's shell may be in it.
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(stack.home),
        "TMPDIR": str(stack.home / "tmp"),
        "LANG": "C.UTF-8",
    }


def _sendria_environment(stack: LocalStack) -> dict[str, str]:
    return _clean_environment(stack) | {"SENDRIA_CONFIG_DIR": str(stack.home / "inbox")}


def _sendria(stack: LocalStack) -> list[str | Path]:
    return [
        *(_program("inbox", "python"), "-P", ROOT / "infra" / "run_sendria.py"),
        *("--foreground", "--no-quit", "--db", stack.home / "inbox" / "mails.sqlite"),
        *("--smtp-ip", "127.0.0.1", "--smtp-port", str(stack.smtp_port)),
        *("--http-ip", stack.bind, "--http-port", str(stack.inbox_port)),
    ]


def _program(environment: str, name: str) -> Path:
    return SHARED / "venvs" / environment / "bin" / name


def _wait_for(address: str, child: Child, patience: float = 60) -> None:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if child.pid() is None:
            raise OperatorError(f"{child.name} ended while starting:\n{child.end_of_log()}")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise OperatorError(f"{child.name} did not get ready within {patience:.0f} s, see {child.log}")
