import platform

import pytest

from infra.architecture import machines_own, platform_of
from infra.errors import OperatorError


@pytest.mark.parametrize(
    ("machine", "architecture"),
    [("x86_64", "x86_64"), ("AMD64", "x86_64"), ("aarch64", "arm64"), ("arm64", "arm64")],
)
def test_the_machine_s_own_kind_has_lambda_s_name(
    monkeypatch: pytest.MonkeyPatch, machine: str, architecture: str
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: machine)
    assert machines_own() == architecture


def test_another_kind_of_machine_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    with pytest.raises(OperatorError, match="riscv64"):
        machines_own()


@pytest.mark.parametrize(
    ("architecture", "tag"),
    [("arm64", "manylinux2014_aarch64"), ("x86_64", "manylinux2014_x86_64")],
)
def test_packages_are_those_of_the_architecture(architecture: str, tag: str) -> None:
    assert platform_of(architecture) == tag


@pytest.mark.parametrize("wrong", ["", "arm", "ARM64", "amd64"])
def test_a_wrong_architecture_is_told_the_right_ones(wrong: str) -> None:
    with pytest.raises(OperatorError, match="arm64 and x86_64"):
        platform_of(wrong)
