"""The kind of processor that the functions run on, and the packages that fit it."""

import platform
from typing import Final

from infra.errors import OperatorError

# By Lambda's name: what pip calls it, and what machines call themselves.
PLATFORMS: Final = {"arm64": "manylinux2014_aarch64", "x86_64": "manylinux2014_x86_64"}
MACHINES: Final = {"aarch64": "arm64", "arm64": "arm64", "x86_64": "x86_64", "amd64": "x86_64"}
ON_AWS: Final = "arm64"


def platform_of(architecture: str) -> str:
    """Raises OperatorError."""
    try:
        return PLATFORMS[architecture]
    except KeyError:
        known = " and ".join(sorted(PLATFORMS))
        raise OperatorError(f"ARCH is {known}, not {architecture!r}.") from None


def machines_own() -> str:
    """Raises OperatorError."""
    machine = platform.machine().lower()
    if machine not in MACHINES:
        raise OperatorError(
            f"The local stack runs on {' and '.join(sorted(PLATFORMS))}; this machine is"
            f" {machine or 'unknown'}."
        )
    return MACHINES[machine]
