"""The site's words in templates: put in when a template is compiled, so that a page costs no more for them."""

from __future__ import annotations

from string import Formatter
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from generator.words import Words


class Spoken(NodeTransformer):
    """Puts the translation into a template's tree wherever `_("A message")` stands.

    A message that is written out may have placeholders, which what is given by their names takes the place of.
    Elsewhere (as a macro's argument, say) it may not.
    """

    def __init__(self, words: Words, name: str | None, filename: str | None) -> None:
        self.words = words
        self.name = name
        self.filename = filename

    def visit_Output(self, node: nodes.Output) -> nodes.Output:
        pieces: list[nodes.Expr] = []
        for child in node.nodes:
            if isinstance(child, nodes.Call) and _is_message(child):
                pieces += self._pieces(child)
            else:
                pieces.append(_shown(self.visit(child)))
        node.nodes = pieces
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:
        if not _is_message(node):
            self.generic_visit(node)
            return node
        pieces = self._pieces(node)
        if any(not isinstance(piece, nodes.TemplateData) for piece in pieces):
            raise self._error("a message with placeholders can only be written out: {{ _(…) }}", node)
        return nodes.Const(Markup("").join(Markup(piece.data) for piece in pieces), lineno=node.lineno)  # type: ignore[attr-defined]  # noqa: S704 — escaped in `_pieces`

    def _pieces(self, call: nodes.Call) -> list[nodes.Expr]:
        """The translation as text and what stands for its placeholders."""
        if not (len(call.args) == 1 and isinstance(call.args[0], nodes.Const) and isinstance(call.args[0].value, str)):
            raise self._error("a message is a text of its own in quotation marks: _('All claims')", call)
        given: dict[str, nodes.Expr] = {pair.key: self.visit(pair.value) for pair in call.kwargs}
        found: list[nodes.Expr] = []
        for text, placeholder, _, _ in Formatter().parse(self.words(call.args[0].value)):
            if text:
                found.append(nodes.TemplateData(str(escape(text)), lineno=call.lineno))
            if placeholder is not None:
                if placeholder not in given:
                    raise self._error(f"nothing is given for “{{{placeholder}}}” in this message", call)
                found.append(given[placeholder])
        return found

    def _error(self, words: str, node: nodes.Node) -> TemplateSyntaxError:
        return TemplateSyntaxError(words, node.lineno, self.name, self.filename)


def _shown(expression: nodes.Expr) -> nodes.Expr:
    """The expression; an `if` without an `else` shows nothing, which Jinja would make an object to say."""
    if isinstance(expression, nodes.CondExpr) and expression.expr2 is None:
        expression.expr2 = nodes.Const(Markup(""), lineno=expression.lineno)
    return expression


def _is_message(node: nodes.Call) -> bool:
    return isinstance(node.node, nodes.Name) and node.node.name == "_"


class Many:
    """A function for templates: `many("{count} claim", "{count} claims", 3)` is the message that goes with a number."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._known: dict[tuple[str, int], Markup] = {}
        self._plain: set[str] = set()

    def __call__(self, one: str, many: str, count: int, **values: Any) -> Markup:
        if values:
            self._refuse_all_but_names(one, many)
            message = Markup(escape(self._words.form(one, many, count)))  # noqa: S704 — escaped
            return message.format(count=self._words.number(count), **values)
        found = self._known.get((one, count))
        if found is None:
            self._refuse_all_but_names(one, many)
            found = self._known[one, count] = escape(self._words.many(one, many, count))
        return found

    def _refuse_all_but_names(self, *messages: str) -> None:
        """Raises SecurityError for a placeholder that asks for more than a value: Python would give out its insides."""
        for message in messages:
            if message not in self._plain:
                for _, name, form, conversion in Formatter().parse(message):
                    if name is not None and (form or conversion or not name.isidentifier()):
                        raise SecurityError(f"a placeholder is a name and nothing else, not “{{{name}}}”")
                self._plain.add(message)
