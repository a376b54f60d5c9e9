"""docs/aws.md: every command, option, variable, parameter and figure is that of the code."""

import re
from pathlib import Path

import botocore.session
import pytest
import typer
import yaml
from botocore import xform_name

from infra import cli, deploy_cli
from infra.paths import TEMPLATE
from tests.bench import money

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/aws.md").read_text()
README = (ROOT / "README.md").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()
LINES = [
    line
    for block in re.findall(r"^```\n(.*?)^```$", PAGE, re.S | re.M)
    for line in block.splitlines()
] + re.findall(r"`((?:aws|make|heed) [^`]+)`", PAGE)
OF_THE_CLI = {"query", "output"}


def said(program: str) -> list[str]:
    found = [line for line in LINES if line.startswith(f"{program} ")]
    assert found
    return found


@pytest.mark.parametrize("line", said("aws"))
def test_aws_knows_the_command_and_its_options(line: str) -> None:
    _, service, operation = line.split()[:3]
    model = botocore.session.get_session().get_service_model(service)
    names = {xform_name(name, "-"): name for name in model.operation_names}
    shape = model.operation_model(names[operation]).input_shape
    members = {xform_name(name, "-") for name in (shape.members if shape else ())}
    options = re.findall(r" --(?:no-)?([a-z-]+)", re.sub(r'"[^"]*"', "", line))
    assert set(options) <= members | OF_THE_CLI


@pytest.mark.parametrize("line", said("make"))
def test_make_knows_the_target_and_its_variables(line: str) -> None:
    _, target, *words = line.split()
    recipe = re.search(rf"^{target}:.*\n(?:\t.*\n)+", MAKEFILE, re.M)
    assert recipe
    names = re.findall(r"\b([A-Z]+)=", " ".join(words))
    assert [name for name in names if f"$({name})" not in recipe[0]] == []


@pytest.mark.parametrize("line", said("heed"))
def test_heed_knows_the_command_and_its_options(line: str) -> None:
    command = typer.main.get_command(cli.commands)
    _, *words = line.split()
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    known = {name for parameter in command.params for name in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_a_deploy_hears_every_variable_and_the_template_has_every_parameter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    variables = set(re.findall(r"\bHEED_[A-Z_]+", PAGE))
    for name in variables:
        monkeypatch.setenv(name, "Name <address@example.com>")
    heard = deploy_cli._aws_parameters()
    parameters = set(re.findall(r"^  (\w+):\n    Type:", _resources(), re.M))
    assert len(heard) - 1 == len(variables) + 1  # Emulator; the sender is a name and an address
    assert set(heard) <= parameters
    for name in ("DomainName", "CertificateArn", "BaseUrl"):
        assert f"`{name}`" in PAGE
        assert name in heard


def test_every_output_that_is_named_exists() -> None:
    outputs = _resources().partition("\nOutputs:\n")[2]
    named = set(re.findall(r"output `(\w+)`", PAGE))
    assert named
    assert {name for name in named if f"\n  {name}:" not in outputs} == set()


def test_every_secret_and_every_table_that_stays_is_named() -> None:
    secrets = re.findall(r"/(\w+-\w+)\"\n      Description", _resources())
    for name in secrets:
        assert f"heed-prod/{name}" in PAGE
    assert len(secrets) == _resources().count("AWS::SecretsManager::Secret")
    assert _resources().count("AWS::DynamoDB::Table") == 2


@pytest.mark.slow
def test_what_a_quiet_month_costs_is_counted(packaged: Path) -> None:
    month = money.quiet_month(yaml.safe_load((packaged / TEMPLATE.name).read_text()))
    together = f"{sum(month.values()):.2f}"
    for page in (PAGE, README):
        assert all(f"{dollars:.2f}" in page for dollars in month.values())
        assert together in page
    assert f"| {together} |" in PAGE


def _resources() -> str:
    return (ROOT / "infra/resources.yaml").read_text()
