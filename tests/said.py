"""The phrases that the code says: each call with the keys that it may name and the parts that it fills in.

A key is a text where it is said, or a name that the same file binds to such texts; or one of a `Family`, which has a
key for each value of a type. Anything else has no keys here, and a test refuses it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from whytune.engine.words.catalogue import Family

from . import rooms

ROOT = Path(__file__).parent.parent
SAYING = {"say": 0, "phrase": 0, "in_both": 0, "in_each": 1}
"""What says a phrase, and which of its arguments is the key."""


HIDDEN = "?"
"""Stands for the keys that the code does not show."""


class Said(NamedTuple):
    """A call that says a phrase: the keys that it may name; its parts, unless it passes on some that it was given."""

    place: str
    keys: frozenset[str]
    parts: frozenset[str] | None


@cache
def calls() -> tuple[Said, ...]:
    """Every call in the code, but for those that only pass a key on under the same name."""
    return tuple(call for module in _modules() for call in module.calls())


@cache
def passed_about() -> tuple[str, ...]:
    """Where what says a phrase is not called but passed to something else, which hides the key."""
    return tuple(place for module in _modules() for place in module.passed_about())


@cache
def _modules() -> tuple[Module, ...]:
    return tuple(Module(path) for top in rooms.TOPS for path in sorted((ROOT / top).rglob("*.py")))


class Module:
    """A file of code, in which names are followed to the texts that they may hold."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = rooms.parsed(path)
        self.above = {child: node for node in rooms.nodes(self.tree) for child in ast.iter_child_nodes(node)}
        self.functions = {node.name: node for node in rooms.nodes(self.tree) if isinstance(node, ast.FunctionDef)}

    @cached_property
    def families(self) -> dict[str, Family[str]]:
        names = (".".join(("whytune", *self.path.relative_to(ROOT).with_suffix("").parts))).removesuffix(".__init__")
        module = import_module(names.replace("whytune.api", "whytune"))
        return {name: value for name, value in vars(module).items() if isinstance(value, Family)}

    def calls(self) -> Iterator[Said]:
        for node in rooms.nodes(self.tree):
            if isinstance(node, ast.Call) and _name(node.func) in SAYING and not self._passes_on(node):
                names = [keyword.arg for keyword in node.keywords]
                parts = frozenset(name for name in names if name)
                place = f"{self.path.relative_to(ROOT)}:{node.lineno}"
                keys = frozenset(self._texts(node.args[SAYING[_name(node.func)]], frozenset()))
                yield Said(place, keys, None if None in names else parts)

    def passed_about(self) -> Iterator[str]:
        imports = (node for node in rooms.nodes(self.tree) if isinstance(node, ast.ImportFrom))
        imported = {alias.name for node in imports for alias in node.names}
        for node in rooms.nodes(self.tree):
            is_name = isinstance(node, ast.Name) and node.id in imported
            saying = (is_name or isinstance(node, ast.Attribute)) and _name(node) in SAYING
            if saying and getattr(self.above[node], "func", None) is not node:
                yield f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"

    def _passes_on(self, call: ast.Call) -> bool:
        """Does the call stand in a function that says phrases for others?"""
        return getattr(self._function(call), "name", "") in SAYING

    def _function(self, node: ast.AST) -> ast.FunctionDef | ast.Module:
        while not isinstance(node, ast.FunctionDef | ast.Module):
            node = self.above[node]
        return node

    def _texts(self, node: ast.AST, seen: frozenset[ast.AST]) -> Iterator[str]:
        """The texts that an expression may be, or that stand in it at the place of a name that is bound to it."""
        if node in seen:
            return
        match node:
            case ast.Constant(value=str(text)):
                yield text
            case ast.Subscript(value=ast.Name(id=name)) if name in self.families:
                yield from self.families[name].keys()
            case _:
                behind = [*self._behind(node)]
                yield from () if behind or getattr(node, "elts", None) == [] else [HIDDEN]
                for inner in behind:
                    yield from self._texts(inner, seen | {node})

    def _behind(self, node: ast.AST) -> Iterable[ast.AST]:
        """The expressions one of which an expression is."""
        match node:
            case ast.IfExp(body=body, orelse=other):
                return body, other
            case ast.BoolOp(values=items) | ast.Tuple(elts=items) | ast.List(elts=items) | ast.Dict(values=items):
                return items
            case ast.ListComp(elt=inner) | ast.GeneratorExp(elt=inner) | ast.SetComp(elt=inner):
                return (inner,)
            case ast.Starred(value=inner) | ast.NamedExpr(value=inner) | ast.Subscript(value=inner):
                return (inner,)
            case ast.Call(func=ast.Attribute(value=inner, attr="get" | "items" | "values"), args=args):
                return inner, *args[1:]
            case ast.Call(func=ast.Name(id=name)) if name in self.functions:
                returns = [inner for inner in rooms.nodes(self.functions[name]) if isinstance(inner, ast.Return)]
                return [inner.value for inner in returns if inner.value]
            case ast.Name(id=name):
                return [*self._bound(name, self._function(node))]
        return ()

    def _bound(self, name: str, scope: ast.FunctionDef | ast.Module) -> Iterator[ast.AST]:
        """What a name is bound to in a function, by its callers, or else in the module."""
        bindings = [*_bindings(name, scope)]
        if isinstance(scope, ast.FunctionDef) and not bindings:
            arguments = [argument for argument in rooms.nodes(scope.args) if isinstance(argument, ast.arg)]
            annotation = next((argument.annotation for argument in arguments if argument.arg == name), None)
            if isinstance(annotation, ast.Subscript) and _name(annotation.value) == "Literal":
                bindings = [annotation.slice]
            elif name in [argument.arg for argument in arguments]:
                positional = [argument.arg for argument in (*scope.args.posonlyargs, *scope.args.args)]
                bindings = [*self._passed(name, positional, scope)]
            else:
                bindings = [*_bindings(name, self.tree)]
        yield from bindings

    def _passed(self, name: str, arguments: list[str], function: ast.FunctionDef) -> Iterator[ast.AST]:
        """What the calls of a function in this file pass for one of its arguments."""
        method = arguments[:1] == ["self"]
        for call in rooms.nodes(self.tree):
            if isinstance(call, ast.Call) and _name(call.func) == function.name:
                yield from (keyword.value for keyword in call.keywords if keyword.arg == name)
                position = arguments.index(name) - method if name in arguments else len(call.args)
                yield from call.args[position : position + 1]


def _bindings(name: str, scope: ast.AST) -> Iterator[ast.AST]:
    """What a scope binds a name to: by assignment, or by going through things that stand there or have a name."""
    yield from _assigned(name, scope)
    for node in rooms.nodes(scope):
        match node:
            case ast.For(target=target, iter=items) | ast.comprehension(target=target, iter=items):
                match target, items:
                    case ast.Tuple(elts=[_, counted]), ast.Call(func=ast.Name(id="enumerate"), args=[things, *_]):
                        target, items = counted, things
                named = [*_assigned(items.id, scope)] if isinstance(items, ast.Name) else []
                for whole in named or [items]:
                    for member in getattr(whole, "elts", [whole]):
                        yield from _matched(name, target, member)


def _assigned(name: str, scope: ast.AST) -> Iterator[ast.AST]:
    for node in rooms.nodes(scope):
        match node:
            case ast.Assign(targets=[target], value=value):
                yield from _matched(name, target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
                yield from _matched(name, target, value)


def _matched(name: str, target: ast.AST, value: ast.AST) -> Iterator[ast.AST]:
    """The part of a value that a target gives to a name."""
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.IfExp):
        for branch in (value.body, value.orelse):
            yield from _matched(name, target, branch)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for inner, part in zip(target.elts, value.elts, strict=False):
            yield from _matched(name, inner, part)
    elif isinstance(target, ast.Tuple) and name in {inner.id for inner in target.elts if isinstance(inner, ast.Name)}:
        yield value


def _name(function: ast.AST) -> str:
    """The last name of what is called."""
    return getattr(function, "attr", getattr(function, "id", ""))
