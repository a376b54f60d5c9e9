"""Moves the functions of a stack back to the versions before."""

from infra.alias import ALIAS
from infra.deploy import Target
from infra.errors import BadArgument, OperatorError
from infra.progress import console
from infra.releases import Function, Version, functions_of
from infra.told import tell_rows


def rollback_stack(target: Target, only: str, dry: bool) -> None:
    """`only` names a function, such as `api`; empty is all. Raises OperatorError."""
    _refuse_while_it_is_deployed(target)
    found = _chosen(target.stack, functions_of(target.stack, target.client), only)
    moves = {one.name: one.before for one in found if one.live.release == _newest(found)}
    if not any(moves.values()):
        raise OperatorError(
            f"There is no version before the present one of {only or target.stack}. make deploy"
            " of an earlier commit goes back too."
        )
    if not dry:
        for function in found:
            if version := moves.get(function.name):
                _move(target, function, version)
    tell_rows([_row(function, moves.get(function.name)) for function in found], "")
    console.print("A dry run: nothing was moved." if dry else "The next deploy goes forward again.")


def _refuse_while_it_is_deployed(target: Target) -> None:
    found = target.client("cloudformation").describe_stacks(StackName=target.stack)
    status = found["Stacks"][0]["StackStatus"]
    if status.endswith("_IN_PROGRESS"):
        raise OperatorError(
            f"{target.stack} is being deployed ({status}). This takes the deploy back:"
            f" aws cloudformation cancel-update-stack --stack-name {target.stack}"
        )


def _chosen(stack: str, functions: list[Function], only: str) -> list[Function]:
    by_name = {one.name.removeprefix(f"{stack}-"): one for one in functions}
    if not only:
        return functions
    if only not in by_name:
        raise BadArgument(f"There is no function {only!r}. There are {', '.join(by_name)}.")
    return [by_name[only]]


def _newest(functions: list[Function]) -> str:
    """The release that is taken back. A rollback that broke off in the middle left some functions
    behind it; they stay."""
    published = {version for function in functions for version in function.versions}
    live = {function.live.release for function in functions}
    return max(version for version in published if version.release in live).release


def _move(target: Target, function: Function, version: Version) -> None:
    target.client("lambda").update_alias(
        FunctionName=function.name,
        Name=ALIAS,
        FunctionVersion=str(version.number),
        RoutingConfig={"AdditionalVersionWeights": {}},
        RevisionId=function.revision,
    )


def _row(function: Function, now: Version | None) -> dict[str, object]:
    return {
        "function": function.name,
        "was_at": function.live.number,
        "release": function.live.release,
        "is_at": now.number if now else "stays",
        "its_release": now.release if now else "",
    }
