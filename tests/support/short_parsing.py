"""moto's reading of the expressions of an update, without asking each node for its class through
`abc`, and without listing again for each node what a walk looks for. What it makes of them stays
the same: test_lean_moto.py."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from moto.dynamodb.parsing.ast_nodes import (
    DepthFirstTraverser,
    Expression,
    Node,
    UpdateExpressionFunction,
)
from moto.dynamodb.parsing.expressions import UpdateExpressionParser

made_by_moto = UpdateExpressionParser.make.__func__
walked_by_moto = DepthFirstTraverser.traverse
found_by_moto = Node.find_clauses


@contextmanager
def short_parsing() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(UpdateExpressionParser, "make", classmethod(_made))
        patch.setattr(DepthFirstTraverser, "traverse", _walked)
        patch.setattr(Node, "find_clauses", _found)
        patch.setattr(Node, "__deepcopy__", _copied, raising=False)
        yield


@cache
def _made(_: type, expression: str) -> Any:
    """Who changes the tree copies it first."""
    return made_by_moto(UpdateExpressionParser, expression)


def _walked(self: Any, node: Any) -> Any:
    return _walk(self, self._processing_map(), node, -1)


def _walk(walker: Any, processes: dict[type, Callable[[Any], Any]], node: Any, place: int) -> Any:
    kind = type(node)
    if not _is_a(kind, Node):
        return node
    parent = node.parent
    for number, child in enumerate(node.children or ()):
        walker.pre_processing_of_child(node, number)
        _walk(walker, processes, child, number)
    for wanted, process in processes.items():
        if _is_a(kind, wanted):
            node = process(node)
            node.parent = parent
            if parent:
                parent.children[place] = node
            break
    return node


@cache
def _is_a(kind: type, wanted: type) -> bool:
    return issubclass(kind, wanted)


def _found(self: Any, wanted: Iterable[type]) -> list[Any]:
    found = []
    for child in self.children or ():
        kind = type(child)
        if kind in wanted:
            found.append(child)
        elif _is_a(kind, Expression) or _is_a(kind, UpdateExpressionFunction):
            found.extend(_found(child, wanted))
    return found


def _copied(self: Any, memo: dict[int, Any]) -> Any:
    """A node belongs to one parent: that of the copy is set by whoever copies the parent."""
    made = self.__class__.__new__(self.__class__)
    memo[id(self)] = made
    made.__dict__.update(self.__dict__)
    if self.children is not None:
        made.children = [deepcopy(child, memo) for child in self.children]
        for child in made.children:
            if _is_a(type(child), Node):
                child.parent = made
    return made
