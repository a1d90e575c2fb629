"""The sandbox: Jinja's own, which templates of a site run in, with short ways for what needs no look at its safety."""

from __future__ import annotations

import re
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from generator.plan.values import Value

_FIELDS = {type_: frozenset(type_.__struct_fields__) for type_ in Value.__subclasses__()}
"""The fields of every value that templates are given."""
_HOLDERS = {
    name: frozenset(type_ for type_, fields in _FIELDS.items() if name in fields)
    for name in frozenset().union(*_FIELDS.values())
}
"""The types of values that have a field, by its name."""
_LOOP = frozenset(("index", "index0", "first", "last", "length"))
_FOR_FUNCTIONS = frozenset(("_loop_vars", "_block_vars"))
"""What Jinja hands to functions that ask for the context; macros have none."""
_SPECIAL = re.compile("[&<>'\"]").search


class _Generator(CodeGenerator):
    """Templates' code, with `Sandbox.text` round what they write."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.text(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """A field of a value by its name alone; whatever else has the name goes the sandbox's way."""
        holders = f"environment.with_{node.attr}"
        if node.attr not in _HOLDERS or not isinstance(node.node, nodes.Name):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f".{node.attr} if type(")
        self.visit(node.node, frame)
        self.write(f") in {holders} else ")
        super().visit_Getattr(node, frame)
        self.write(")")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox.

    Fields of the values that templates are given, macros of templates and numbers of a loop are plain data, or code of
    the sandbox itself: they are taken as they are. Everything else goes Jinja's way.
    """

    code_generator_class = _Generator

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for name, types in _HOLDERS.items():
            setattr(self, f"with_{name}", types)

    def getattr(self, obj: Any, attribute: str) -> Any:
        kind = type(obj)
        if attribute in _FIELDS.get(kind, ()) or (kind is LoopContext and attribute in _LOOP):
            return getattr(obj, attribute)
        if kind is TemplateModule:
            found = obj.__dict__.get(attribute)
            if type(found) is Macro or type(found) is Markup:
                return found
        return super().getattr(obj, attribute)

    def call(self, context: Any, callee: Any, /, *arguments: Any, **named: Any) -> Any:
        if type(callee) is Macro:
            for name in _FOR_FUNCTIONS & named.keys():
                del named[name]
            return callee(*arguments, **named)
        return super().call(context, callee, *arguments, **named)

    @staticmethod
    def text(value: Any) -> str:
        """A value as it is written into a page: escaped, save what is markup already."""
        kind = type(value)
        if kind is str:
            return escape(value) if _SPECIAL(value) else value
        return value if kind is Markup else escape(value)
