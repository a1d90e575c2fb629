"""The sandbox: Jinja's own, which templates of a site run in, with short ways for what needs no look at its safety."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from generator.plan.values import Value
from generator.render.spoken import Many, Spoken
from generator.words import Words

_FIELDS = {type_: frozenset(type_.__struct_fields__) for type_ in Value.__subclasses__()}
"""The fields of every value that templates are given."""
_HOLDERS = {
    name: frozenset(type_ for type_, fields in _FIELDS.items() if name in fields)
    for name in frozenset().union(*_FIELDS.values())
}
"""The types of values that have a field, by its name."""
_LOOP = frozenset(("index", "index0", "first", "last", "length"))
_PLACE = re.compile(r" at 0x[0-9a-fA-F]+(?:&gt;|>)").search
"""Where something is in memory, as Python tells of what has no text of its own: it is another place in each run."""
_SPECIAL = re.compile("[&<>'\"]").search


class Once:
    """A function for templates: `once(macro, ...)` is `macro(...)`, worked out once for the same values.

    For pieces that many pages have: a verdict's badge, an article's head, the head and foot of a section's pages.
    """

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}

    def __call__(self, macro: Macro, *values: Any) -> Any:
        key = (macro, *values)
        found = self._known.get(key)
        if found is None:
            if type(macro) is not Macro:
                raise SecurityError("once takes a macro of a template, and what that is given")
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            found = self._known[key] = macro(*values)
        return found


_MOST_KNOWN = 3_000
_OWN = frozenset((Macro, Once, Many))
"""Functions of templates and of the sandbox itself."""
_markup = partial(str.__new__, Markup)
"""A text as markup, without the questions that Markup itself asks of what it is given."""


class _Generator(CodeGenerator):
    """Templates' code, with `Sandbox.text` round what they write."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.text(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """A field of a value by its name alone; whatever else has the name goes the sandbox's way."""
        if node.attr not in _HOLDERS:
            super().visit_Getattr(node, frame)
            return
        value = self.temporary_identifier()
        self.write(f"({value}.{node.attr} if type({value} := ")
        self.visit(node.node, frame)
        self.write(f") in environment.with_{node.attr} else environment.getattr({value}, {node.attr!r}))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """A call with values in order, as pages are full of, without what other calls have to carry along."""
        if forward_caller or node.kwargs or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("environment.called(context, ")
        self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox.

    Fields of the values that templates are given, macros of templates and numbers of a loop are plain data, or code of
    the sandbox itself: they are taken as they are. Everything else goes Jinja's way.
    """

    code_generator_class = _Generator

    def __init__(self, words: Words, **options: Any) -> None:
        super().__init__(**options)
        self.words = words
        del self.globals["lipsum"], self.filters["random"]  # the same input gives the same bytes
        self.globals["once"] = Once()
        self.globals["many"] = Many(words)
        for name, types in _HOLDERS.items():
            setattr(self, f"with_{name}", types)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        found: nodes.Template = Spoken(self.words, name, filename).visit(tree)
        return found

    def getattr(self, obj: Any, attribute: str) -> Any:
        kind = type(obj)
        if kind is TemplateModule:
            found = obj.__dict__.get(attribute)
            if type(found) is Macro or type(found) is Markup:
                return found
        if attribute in _FIELDS.get(kind, ()) or (kind is LoopContext and attribute in _LOOP):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def called(self, context: Any, callee: Any, /, *arguments: Any) -> Any:
        """What `callee` gives for `arguments`."""
        kind = type(callee)
        if kind is Macro:
            # What Macro's own call comes to where it gets just what it asks for.
            if len(arguments) == callee._argument_count and not (
                callee.caller or callee.catch_kwargs or callee.catch_varargs
            ):
                return _markup(callee._func(*arguments))
            return callee(*arguments)
        if kind in _OWN:
            return callee(*arguments)
        return super().call(context, callee, *arguments)

    def call(self, context: Any, callee: Any, /, *arguments: Any, **named: Any) -> Any:
        if type(callee) in _OWN:
            if named:  # what Jinja hands to functions that ask for the context
                named.pop("_loop_vars", None)
                named.pop("_block_vars", None)
            return callee(*arguments, **named)
        return super().call(context, callee, *arguments, **named)

    def make_globals(self, d: Any) -> Any:
        """The names that a template has besides its own: a plain dict, which each page's context copies."""
        return {**self.globals, **(d or {})}

    @staticmethod
    def text(value: Any) -> str:
        """A value as it is written into a page: escaped, save what is markup already."""
        kind = type(value)
        if kind is str:
            return escape(value) if _SPECIAL(value) else value
        if kind is Markup:
            return value  # type: ignore[no-any-return]
        text = escape(value)
        if _PLACE(text):
            raise TemplateRuntimeError("this is no text to be written, but an object: maybe “|list” or a field lacks")
        return text
