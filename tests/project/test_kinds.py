"""Each role reads and writes the kinds of items that chalicelib/kinds.py gives to its function."""

import re
from itertools import product

import pytest

from app import app
from chalicelib import keys
from chalicelib.kinds import DUE, KINDS, LISTS
from tests.support.roles import ROLES, Request, is_allowed, listed, statements_of

READS = ("GetItem", "BatchGetItem", "Query")
WRITES = ("PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem")
KEYED = {f"dynamodb:{action}" for action in READS + WRITES}
PRIVILEGES = [*product(ROLES, KINDS)]


def allowed(
    function: str,
    actions: tuple[str, ...],
    *named: str,
    index: str | None = None,
    table: str = "Heed",
) -> bool:
    return any(is_allowed(function, Request(action, named, index, table)) for action in actions)


@pytest.mark.parametrize(("function", "kind"), PRIVILEGES, ids=str)
def test_a_role_reads_and_writes_the_kinds_of_its_function(function, kind):
    key = f"{kind.pk}it-help-desk"
    for table in {kind.table for kind in KINDS}:
        of_it = kind.table == table
        reads, writes = kind.read_by.split(), kind.written_by.split()
        assert allowed(function, READS, key, table=table) == (of_it and function in reads)
        assert allowed(function, WRITES, key, table=table) == (of_it and function in writes)


@pytest.mark.parametrize(("function", "start"), [*product(ROLES, LISTS)])
def test_a_role_queries_the_lists_of_its_function(function, start):
    for key in {start, f"{start}x" if start.endswith("#") else start}:
        found = allowed(function, READS, key, index="listed")
        assert found == (function in LISTS[start].split())


@pytest.mark.parametrize("function", ROLES)
def test_only_the_tick_queries_what_is_due(function):
    shards = [*map(str, range(keys.DUE_SHARDS)), keys.SET_ASIDE]
    for shard in shards:
        assert allowed(function, READS, shard, index="due") == (function in DUE.split())


@pytest.mark.parametrize("function", ROLES)
@pytest.mark.parametrize("foreign", ["KEY#x", "HOOK#zendesk#x", "NOKIND#x", "xINVITE#y", "TALLY"])
def test_one_foreign_key_among_its_own_is_refused(function, foreign):
    own = {"api": {"KEY#x", "HOOK#zendesk#x"}, "deliver": {"HOOK#zendesk#x"}}
    for kind in KINDS:
        keyed = (f"{kind.pk}x", foreign)
        if function != "api" or foreign not in own["api"]:
            assert not allowed(function, WRITES, *keyed, table=kind.table)
        if foreign not in own.get(function, set()):
            assert not allowed(function, READS, *keyed, table=kind.table)


def test_only_the_api_can_make_an_api_key():
    assert [name for name in ROLES if allowed(name, WRITES, keys.api_key("x").pk)] == ["api"]


def test_only_a_scan_is_allowed_without_a_key():
    """A condition on keys holds nothing where no key is named."""
    for function in ROLES:
        for statement in statements_of(function):
            actions = set(listed(statement["Action"]))
            assert ("Condition" in statement) == bool(actions & KEYED)
            assert actions <= KEYED or not actions & KEYED
            if "dynamodb:Scan" in actions:
                assert (function, actions) == ("recount", {"dynamodb:Scan"})


def test_every_kind_and_list_of_the_keys_has_its_readers_and_writers():
    table = keys.__doc__ or ""
    kinds = {f"{found}#" for found in re.findall(r"^\| [^|]+ \| `([A-Z]+)#", table, re.MULTILINE)}
    lists = set(re.findall(r"`list_pk = ([A-Z]+#?)", table))
    assert kinds == {kind.pk for kind in KINDS}
    assert lists == set(LISTS)


def test_the_functions_of_the_table_are_those_of_the_app():
    named = {kind.read_by for kind in KINDS} | {kind.written_by for kind in KINDS}
    functions = {"api", *(function.name for function in app.pure_lambda_functions)}
    assert set(ROLES) == functions
    assert {name for names in {*named, *LISTS.values(), DUE} for name in names.split()} <= functions
