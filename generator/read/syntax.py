"""Syntax: what the YAML parser complains of, in the words of those who typed it."""

from __future__ import annotations

import re
from typing import Any

import yaml

from generator.problems import Place, Problem
from generator.read.files import place_of
from generator.read.indents import slip_before
from generator.read.quoting import quoted, quoted_line

_COMMENT_IN_BRACKETS = re.compile(r"^(?P<before>.*[\[{,] *)(?P<value>#[^,\]}\n]*)(?P<after>.*)$", re.MULTILINE)
_BESIDE = "indent it like the field that it stands beside, with spaces"


def syntax_problem(path: str, text: str, first_line: int, error: yaml.YAMLError, long_quote: Any) -> Problem:
    """The problem that `error` is. `long_quote` is the event of the last value in quotes that went over several lines.

    libyaml names where it gave up, which may be lines after the cause: for some complaints the place where it began the
    part in question says more.
    """
    words = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None)
    begun = getattr(error, "context_mark", None)
    if mark is None:
        help = "compare it with a file that is in order"
        return Problem(path, first_line, 1, "Y001", f"this file cannot be understood as YAML: {words}", help)
    slip = slip_before(text, mark.line)
    if slip is not None:
        return Problem(path, slip.line + first_line, slip.column + 1, "Y001", slip.message, slip.help, slip.length)
    if words == "did not find expected node content":
        found = _comment_in_brackets(text, mark.index)
        if found is not None:
            place = place_of(text, found.start("value"))
            line = f"{found.group('before').lstrip()}{quoted(found.group('value').strip())}{found.group('after')}"
            help = _pasted(line)
            place = Place(place.line + first_line - 1, place.column)
            return Problem(path, *place, "Y001", "a value that begins with # stands in quotes", help)
    if long_quote is not None and long_quote.end_mark.line == mark.line and words.startswith("did not find expected"):
        end = long_quote.end_mark.line + first_line
        mark = long_quote.start_mark
        message = f"the quotation marks that open here close only in line {end}"
        help = _pasted(quoted_line(_line(text, mark)))
    else:
        if begun is not None and words in _WHERE_BEGUN:
            mark = begun
        message, help = _explained(words, _line(text, mark), mark.column)
    place = Place(mark.line + first_line, mark.column + 1)
    return Problem(path, *place, "Y001", message, help or "compare this line with those before it")


# Complaints whose cause is where the parser began, not where it gave up.
_WHERE_BEGUN = frozenset(
    (
        "could not find expected ':'",
        "did not find expected ',' or ']'",
        "did not find expected ',' or '}'",
        "did not find expected alphabetic or numeric character",
        "did not find expected comment or line break",
        "found unexpected end of stream",
    )
)


def _explained(words: str, line: str, column: int) -> tuple[str, str]:
    """A complaint of the parser about the place `column` (from 0) of `line`: what is wrong, and what to type."""
    character = line[column : column + 1]
    first = column == len(line) - len(line.lstrip())
    match words:
        case "could not find expected ':'":
            return "this line is no field", "write “field: value”, or indent it by two spaces if it goes on from above"
        case "mapping values are not allowed in this context":
            return "a colon and a space stand inside this value, so it needs quotation marks", _pasted(
                quoted_line(line)
            )
        case "did not find expected key" | "did not find expected '-' indicator" if first:
            return "this line's indentation fits none of those before it", _BESIDE
        case "did not find expected key":
            message = "the quotation marks or the bracket close before this, and more follows"
            return message, _pasted(quoted_line(line))
        case "did not find expected ',' or ']'":
            return "this list in brackets is not closed, or a comma is missing", _pasted(_closed(line, column, "]"))
        case "did not find expected ',' or '}'":
            return "these fields in braces are not closed, or a comma is missing", _pasted(_closed(line, column, "}"))
        case "did not find expected node content":
            return "a value is missing; in brackets, one that begins with # stands in quotation marks", ""
        case "found unexpected end of stream":
            return "the quotation marks that open here are never closed", _pasted(quoted_line(line))
        case "found character that cannot start any token" | "did not find expected alphabetic or numeric character":
            message = f"no value may begin with “{character}” unless it stands in quotation marks"
            return message, _pasted(quoted_line(line))
        case "block sequence entries are not allowed in this context":
            return "a list begins on a line of its own", _pasted(quoted_line(line))
        case "did not find expected comment or line break":
            return f"after “{character}” the text begins on the next line", _on_the_next(line, column)
    return f"this cannot be understood as YAML: {words}", _pasted(quoted_line(line))


def _pasted(line: str) -> str:
    return f"write:\n{line}" if line else ""


def _on_the_next(line: str, column: int) -> str:
    """The help for a text that begins beside its `|` or `>`."""
    return f"move the text to the next line, indented:\n{line[: column + 1].lstrip()}\n  {line[column + 1 :].strip()}"


def _comment_in_brackets(text: str, before: int) -> re.Match[str] | None:
    """The last line before the offset on which a value in brackets begins with #, and so was taken for a comment."""
    found = None
    for match in _COMMENT_IN_BRACKETS.finditer(text, 0, before):
        found = match
    return found


def _closed(line: str, column: int, bracket: str) -> str:
    """The line with its bracket closed at the end, where it is not closed at all."""
    return "" if bracket in line[column:] else line.strip() + bracket


def _line(text: str, mark: Any) -> str:
    start = text.rfind("\n", 0, mark.index) + 1
    end = text.find("\n", mark.index)
    return text[start : len(text) if end < 0 else end]
