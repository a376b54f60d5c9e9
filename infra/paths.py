"""The folders of this checkout, and the folder and the ports of a local stack."""

import os
from dataclasses import dataclass
from pathlib import Path

from infra.errors import OperatorError

ROOT = Path(__file__).parents[1]
# Shared by every local stack of this checkout; a stack's own state is in LocalStack.home.
SHARED = ROOT / ".local"
BUILD = SHARED / "build"
PACKAGE = SHARED / "package"
TEMPLATE = PACKAGE / "sam.yaml"
ZIP = PACKAGE / "deployment.zip"


@dataclass(frozen=True)
class LocalStack:
    home: Path
    aws_port: int
    inbox_port: int
    smtp_port: int
    # The addresses stay those of this machine: a container listens on all of its own.
    bind: str = "127.0.0.1"

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.aws_port}"

    @property
    def inbox(self) -> str:
        return f"http://127.0.0.1:{self.inbox_port}"

    @property
    def facts(self) -> Path:
        return self.home / "stack.json"

    @property
    def exports(self) -> Path:
        """The facts as a shell reads them."""
        return self.home / "env"

    @property
    def kept_key(self) -> Path:
        """Outlives a stop, so that the next start hands out the same key."""
        return self.home / "key"

    @property
    def ports(self) -> dict[str, int]:
        return {
            "HEED_AWS_PORT": self.aws_port,
            "HEED_INBOX_PORT": self.inbox_port,
            "HEED_SMTP_PORT": self.smtp_port,
        }


def local_stack() -> LocalStack:
    return LocalStack(
        home=(ROOT / (os.environ.get("HEED_LOCAL_DIR") or ".local")).absolute(),
        aws_port=_port("HEED_AWS_PORT", 4566),
        inbox_port=_port("HEED_INBOX_PORT", 1080),
        smtp_port=_port("HEED_SMTP_PORT", 1025),
        bind=os.environ.get("HEED_BIND") or "127.0.0.1",
    )


def _port(variable: str, usual: int) -> int:
    value = os.environ.get(variable) or str(usual)
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise OperatorError(f"{variable} must be a port number, not {value!r}.")
    return int(value)
