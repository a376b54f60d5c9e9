"""The operator's commands that package the functions and bring them to AWS."""

import os
from email.utils import parseaddr
from typing import Annotated

import typer

from infra import supply
from infra.architecture import ON_AWS
from infra.commands import Commands, Stage
from infra.deploy import Target, deploy
from infra.errors import BadArgument, OperatorError
from infra.package import package as build_package
from infra.paths import PACKAGE
from infra.progress import step
from infra.restored import other_table
from infra.target import target_of
from infra.told import tell

ARCH = "The kind of processor of the functions: arm64 or x86_64."
commands = Commands()


@commands.command()
def package(arch: Annotated[str, typer.Option(help=ARCH)] = ON_AWS) -> None:
    """Write the zip and the template that go to AWS."""
    with step(f"Packaging the functions for {arch}"):
        build_package(arch)
    with step("Listing what is in them"):
        supply.write_sbom()
    sizes = {made.name: made.stat().st_size for made in sorted(PACKAGE.glob("*.*"))}
    tell(sizes, *(f"  {name}  [dim]{size / 1e6:.1f} MB[/dim]" for name, size in sizes.items()))


@commands.command(name="deploy")
def deploy_to_aws(
    stage: Stage,
    arch: Annotated[str, typer.Option(help=ARCH)] = ON_AWS,
) -> None:
    """Package, and deploy to AWS as the stack heed-STAGE."""
    if not stage:
        raise BadArgument("Which stage? --stage prod, or make deploy STAGE=prod.")
    with step(f"Packaging the functions for {arch}"):
        build_package(arch)
    target = Target(f"heed-{stage}", os.environ.get("HEED_ARTEFACTS") or _artefact_bucket())
    with step(f"Deploying {target.stack}"):
        found = deploy(target, _aws_parameters() | other_table(target))
    tell(found, *(f"  {name}  {value}" for name, value in sorted(found.items())))


@commands.command()
def rollback(
    stage: Stage = "",
    function: Annotated[str, typer.Option(help="Such as api; empty is all.")] = "",
    dry: Annotated[bool, typer.Option(help="Only show.")] = False,
) -> None:
    """Go back to the versions of the functions before the present ones."""
    from infra.rollback import rollback_stack

    rollback_stack(target_of(stage), function, dry)


def _artefact_bucket() -> str:
    import boto3

    session = boto3.Session()
    if not session.region_name:
        raise OperatorError("AWS_DEFAULT_REGION is not set.")
    account = session.client("sts").get_caller_identity()["Account"]
    return f"heed-artefacts-{account}-{session.region_name}"


def _aws_parameters() -> dict[str, str]:
    """Holds only what is set: the stack keeps its earlier value of each other parameter."""
    name, address = parseaddr(os.environ.get("HEED_MAIL_FROM", ""))
    wanted = {
        "MailFromName": name,
        "MailFromAddress": address,
        "MailReplyTo": os.environ.get("HEED_MAIL_REPLY_TO", ""),
        "BaseUrl": os.environ.get("HEED_BASE_URL", ""),
        "DomainName": os.environ.get("HEED_DOMAIN_NAME", ""),
        "CertificateArn": os.environ.get("HEED_CERTIFICATE_ARN", ""),
        "AlarmEmail": os.environ.get("HEED_ALARM_EMAIL", ""),
        "Docs": os.environ.get("HEED_DOCS", ""),
        "ReservedConcurrency": os.environ.get("HEED_RESERVED_CONCURRENCY", ""),
        "Shift": os.environ.get("HEED_SHIFT", ""),
        "SnapStart": os.environ.get("HEED_SNAP_START", ""),
        "WarmWrites": os.environ.get("HEED_WARM_WRITES", ""),
        "WafRequests": os.environ.get("HEED_WAF_REQUESTS", ""),
    }
    return {"Emulator": "no"} | {name: value for name, value in wanted.items() if value}
