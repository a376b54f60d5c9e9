"""app.py names every Lambda, and each has its role."""

import ast
import re

from infra.paths import ROOT

SOURCE = (ROOT / "app.py").read_text()


def test_app_is_a_table_of_contents() -> None:
    for node in ast.parse(SOURCE).body:
        if isinstance(node, ast.FunctionDef):
            statements = [part for part in node.body if not isinstance(part, ast.Expr)]
            assert len(node.body) <= 5, node.name
            assert statements or len(node.body) <= 3, node.name


def test_every_lambda_of_app_has_its_role_in_the_template() -> None:
    template = (ROOT / "infra/resources.yaml").read_text()
    for name in re.findall(r'lambda_function\(name="(\w+)"\)', SOURCE):
        logical = "".join(part.capitalize() for part in name.split("_"))
        assert re.search(rf"^  {logical}Role:$", template, re.MULTILINE), logical
