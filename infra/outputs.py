"""What a deployed stack says of itself, for the use cases that the commands call."""

import os


def use_stack(outputs: dict[str, str]) -> None:
    os.environ |= {
        "HEED_TABLE": outputs["TableName"],
        "HEED_BALLOTS": outputs["BallotTable"],
        "HEED_TOKEN_KEYS": outputs["TokenKeys"],
        "HEED_PERSON_KEY": outputs["PersonKey"],
        "HEED_HOOK_SECRETS": outputs["HookSecrets"],
    }
