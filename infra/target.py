"""Which stack a command is about."""

from infra import stack
from infra.deploy import Target
from infra.errors import OperatorError
from infra.paths import local_stack


def target_of(stage: str) -> Target:
    return Target(f"heed-{stage}", "") if stage else _local_target()


def _local_target() -> Target:
    local = local_stack()
    if not stack.is_up(local):
        raise OperatorError(
            "The local stack is not up. make up starts it; STAGE=... names one on AWS."
        )
    stack.use_emulator(local.endpoint)
    return Target(stack.NAME, "", local.endpoint)
