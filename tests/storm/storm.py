"""A storm on one stack, and what came of it."""

import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from infra.progress import step
from tests.conftest import Stack
from tests.storm.asking import Asking
from tests.storm.faults import LATE, UNHEARD, Faults
from tests.storm.findings import Findings, Left, look_at
from tests.storm.kills import killing
from tests.storm.proxy import between
from tests.storm.rest import Rest, rest, stored
from tests.storm.world import SURVEY, World, mails, prepared

SHOWN = 20
# Sixteen functions that start at once would be all that two processors do.
RAMP_S = 0.8
# Seconds. The queues of a stack wait six and nine minutes before they give a message again, which
# is longer than whoever waits for rest. A delivery may call for ten seconds.
VISIBLE_AGAIN = {"MailQueueUrl": "10", "DeliveriesUrl": "30"}


@dataclass(frozen=True)
class Plan:
    seconds: float
    seed: int
    clients: int = 16
    strength: float = 1.0
    kill_every: float = 8.0  # seconds; 0: never


@dataclass(frozen=True)
class Report:
    plan: Plan
    done: Mapping[str, int]
    answers: Mapping[str, int]
    faults: Faults
    killed: Mapping[str, int]
    rest: Rest
    stored: Mapping[str, int]
    findings: Findings

    def __str__(self) -> str:
        plan, rest = self.plan, self.rest
        lines = [
            f"storm     {plan.clients} clients, {plan.seconds:.0f} s, seed {plan.seed}",
            _line("done", self.done),
            _line("answered", self.answers),
            _line("calls", self.faults.calls),
            *(_line("injected", self._injected(service), service) for service in self._services),
            _line("killed", self.killed),
            _line("at rest", rest.swept, f"after {rest.seconds:.0f} s; swept"),
            _line("dead", rest.dead, "letters"),
            _line("stored", self.stored),
        ]
        for name in ("lost", "doubled", "wrong"):
            told = getattr(self.findings, name)
            lines += [f"{name:9} {len(told):6}", *(f"    {line}" for line in told[:SHOWN])]
        return "\n".join(lines)

    @property
    def _services(self) -> list[str]:
        return sorted({service for service, _ in self.faults.injected})

    def _injected(self, service: str) -> dict[str, int]:
        return {kind: n for (of, kind), n in self.faults.injected.items() if of == service}


def _line(name: str, counts: Mapping[str, int], more: str = "") -> str:
    told = ", ".join(f"{what} {count}" for what, count in sorted(counts.items()))
    return f"{name:9} {sum(counts.values()):6}  {more + ': ' if more else ''}{told}"


def storm(stack: Stack, plan: Plan) -> Report:
    world, faults = prepared(stack), Faults(plan.seed, 0)
    _hurry_queues(stack)
    clients = [Asking(world, number, plan.seed) for number in range(plan.clients)]
    with between(stack, faults):
        _warm_up(world)
        faults.strength = plan.strength
        with step("Storming"), killing(stack, plan.kill_every, plan.seed) as killed:
            _let_loose(clients, plan)
        faults.strength = 0
        with step("Coming to rest"):
            rested = rest(stack)
        with step("Counting"):
            left = _left(world, rested)
    found = look_at(left, [told for client in clients for told in client.told])
    found.wrong += [what for client in clients for what in client.wrong]
    found.doubled += _repeats_without_reason(left, faults, killed)
    done = sum((client.done for client in clients), Counter[str]())
    return Report(plan, done, world.answers, faults, killed, rested, _counts(left), found)


def _left(world: World, rested: Rest) -> Left:
    stack, sent = world.outside.stack, mails(world.outside)
    return Left(list(stored(stack)), sent, _told_in_logs(stack), rested, _person_key(stack))


def _warm_up(world: World) -> None:
    """The first call of a function starts it."""
    assert world.outside.api("GET", f"/v1/surveys/{SURVEY}/scores").status == 200
    world.outside.tick()


def _let_loose(clients: list[Asking], plan: Plan) -> None:
    """One after the other, and then all at once."""
    end = time.monotonic() + plan.seconds
    with ThreadPoolExecutor(len(clients)) as pool:
        working = []
        for client in clients:
            working.append(pool.submit(client.works, lambda: time.monotonic() > end))
            time.sleep(RAMP_S)
    for one in working:
        one.result()


def _hurry_queues(stack: Stack) -> None:
    for queue, seconds in VISIBLE_AGAIN.items():
        stack.aws("sqs").set_queue_attributes(
            QueueUrl=stack.outputs[queue], Attributes={"VisibilityTimeout": seconds}
        )


def _told_in_logs(stack: Stack) -> list[str]:
    """Lines with an address of a person in them, which no line may have."""
    logs = stack.aws("logs")
    lines = [
        event["message"]
        for group in logs.describe_log_groups()["logGroups"]
        for page in logs.get_paginator("filter_log_events").paginate(
            logGroupName=group["logGroupName"], filterPattern='"@example.com"'
        )
        for event in page["events"]
    ]
    return [line for line in lines if "z@example.com" in line]


def _person_key(stack: Stack) -> str:
    name = stack.outputs["PersonKey"]
    return str(stack.aws("secretsmanager").get_secret_value(SecretId=name)["SecretString"])


def _counts(left: Left) -> dict[str, int]:
    ours = [item for item in left.items if item.get("survey") == SURVEY]
    kinds = Counter(item["SK"].lower() for item in ours if item["SK"].isalpha())
    return dict(kinds) | {"mails": len(left.mails), "repeated mails": left.repeats}


def _repeats_without_reason(left: Left, faults: Faults, killed: Mapping[str, int]) -> list[str]:
    """A mail goes out twice only when SES took it and was not heard."""
    unheard = sum(faults.injected["ses", kind] for kind in (UNHEARD, LATE))
    unheard += killed.get("heed-send-mail", 0)
    return [f"{left.repeats} mails repeated"] if left.repeats > unheard else []
