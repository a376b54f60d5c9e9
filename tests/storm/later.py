"""`python -m tests.storm.later ENDPOINT MINUTES`: what the deployed stack's tick, sweep and hourly
job would do when so much time has gone by. Prints what the sweep found."""

import io
import json
import os
import sys
from contextlib import redirect_stdout
from datetime import timedelta

from chalicelib import moments
from infra.outputs import use_stack
from infra.stack import use_emulator


class Context:
    """Of a function that has time enough."""

    function_name = "later"

    @staticmethod
    def get_remaining_time_in_millis() -> int:
        return 300_000


def main(endpoint: str, minutes: float) -> None:
    import boto3

    use_emulator(endpoint)
    found = boto3.client("cloudformation").describe_stacks(StackName="heed")["Stacks"][0]
    use_stack({output["OutputKey"]: output["OutputValue"] for output in found["Outputs"]})
    os.environ |= {"POWERTOOLS_METRICS_NAMESPACE": "Heed", "POWERTOOLS_SERVICE_NAME": "later"}
    real = moments.now
    moments.now = lambda: real() + timedelta(minutes=minutes)
    with redirect_stdout(io.StringIO()):
        swept = _run()
    print(json.dumps(swept))


def _run() -> dict[str, object]:
    from chalicelib.people.handlers import run_forget
    from chalicelib.sweep import run_sweep
    from chalicelib.tick import run_tick

    swept = run_sweep({}, Context())
    run_tick(Context())
    run_forget(Context())
    return swept


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
