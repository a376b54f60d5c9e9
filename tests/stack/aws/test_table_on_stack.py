"""The contract of the table, a third time: on the deployed one."""

from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.aws.table import DynamoTable
from chalicelib.table import Table
from tests.conftest import Stack
from tests.support.table_contract import TableContract

pytestmark = pytest.mark.slow
KINDS = ("T#", "Q", "L#", "S#", "Z#")


class TestDeployedTable(TableContract):
    SCANNED_AT_ONCE = 500  # all tests share the table, and each page is a call

    @pytest.fixture
    def table(self, stack: Stack) -> Iterator[Table]:
        client: Any = stack.aws("dynamodb")
        name = stack.outputs["TableName"]
        yield DynamoTable(client, name)
        pages = client.get_paginator("scan").paginate(TableName=name)
        for item in [item for page in pages for item in page["Items"]]:
            if item["PK"]["S"].startswith(KINDS):
                client.delete_item(TableName=name, Key={"PK": item["PK"], "SK": item["SK"]})
