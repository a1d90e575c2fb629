"""Problems: what is wrong in the content, where, and what to type instead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

Severity = Literal["error", "warning"]

# Every code that a problem can have, with its severity (DESIGN, "Severities") and its subject. A code is never given to
# another subject: sites turn warnings off by it.
CODES: dict[str, tuple[Severity, str]] = {
    # files
    "F001": ("error", "a file cannot be read"),
    "F002": ("error", "a file is larger than 1 MB"),
    "F003": ("error", "a file is not in the encoding that it should be in"),
    "F004": ("error", "a character that cannot be seen, or that turns the direction of text"),
    "F005": ("error", "a path that leads out of its folder, to a link or to a hidden file"),
    "F006": ("warning", "a file in content/ that is not read"),
    "F007": ("error", "a file's name is no id"),
    "F008": ("error", "a file in the wrong folder"),
    # YAML and TOML
    "Y001": ("error", "the file cannot be understood"),
    "Y002": ("error", "a field stands twice"),
    "Y003": ("error", "nesting over 20 deep"),
    "Y004": ("error", "more than one document in a file"),
    "Y005": ("error", "an anchor, alias, merge key or tag"),
    "Y006": ("error", "a value that YAML cuts at #"),
    "Y007": ("error", "a value that YAML splits at a comma"),
    "Y008": ("error", "an HTML file is built too deep to be read whole"),
    # fields
    "R001": ("error", "an unknown field"),
    "R002": ("error", "a required field is missing or empty"),
    "R003": ("error", "a value of the wrong type"),
    "R004": ("error", "a value that its field cannot have"),
    "R005": ("error", "an unsafe address"),
    "R006": ("warning", "a draft still lacks a field"),
    # references
    "L001": ("error", "an unknown id"),
    "L002": ("error", "an id where it cannot stand"),
    "L003": ("error", "origins that go round in a circle"),
    "L004": ("error", "two ids that are the same"),
    # quotes
    "Q001": ("error", "a quote that does not stand in the article"),
    "Q002": ("error", "a quote that fits in more than one place"),
    "Q003": ("error", "a quote that begins or ends inside a word or a number"),
    "Q004": ("error", "an omission that leaves too little to prove"),
    "Q005": ("error", "a quote of what is not the article without a medium, or of both"),
    "Q006": ("error", "a mark that does not stand in its quote once"),
    "Q007": ("warning", "a long omission, or one across paragraphs"),
    "Q008": ("warning", "an omission that takes out a negation, a number or a hedge"),
    "Q009": ("error", "words that are not the article's do not stand in its text once"),
    "Q010": ("error", "a part that does not stand in its claim once"),
    # articles' texts
    "A001": ("error", "an article's text has changed"),
    "A002": ("warning", "an article's text has no sha256"),
    # Markdown
    "M001": ("error", "an internal link that leads nowhere"),
    "M002": ("warning", "an image without alternative text"),
    # claims' histories
    "H001": ("warning", "git cannot tell the claims' histories"),
    # addresses of pages
    "P001": ("error", "two pages with one address"),
    # templates
    "T001": ("error", "a template that fails"),
    # what codes of principles ask for: see docs/standards.md
    "S001": ("warning", "fewer than two independent sources"),
    "S002": ("warning", "no primary source"),
    "S003": ("warning", "a source without an archived copy"),
    "S004": ("warning", "a source's interest is not told"),
    "S005": ("warning", "no reason why the claim was chosen"),
    "S006": ("warning", "no source that bears the other way"),
    "S007": ("warning", "the claimant was not contacted"),
    "S008": ("warning", "quotes that all come from one origin"),
    "S009": ("warning", "a correction without an explanation"),
    "S010": ("warning", "nothing says who pays for the site"),
    "S011": ("warning", "an exception that answers nothing"),
    # what a change since an earlier revision must not do: check --against
    "G001": ("error", "an article's text has changed since the revision"),
    "G002": ("error", "an article's text is gone since the revision"),
    "G003": ("error", "a published claim is gone and was not retracted"),
    "G004": ("error", "a published claim changed without a correction"),
    "G005": ("error", "an article's publisher, address or date changed"),
    "G006": ("error", "the scale changed without a correction"),
    # what an editor should look at
    "W001": ("warning", "dates out of order"),
    "W002": ("warning", "a claim without sources"),
    "W003": ("warning", "a page that readers expect is missing"),
    "W004": ("warning", "an article that no claim uses"),
    "W005": ("warning", "says and stance do not agree"),
    "W006": ("warning", "Markdown that will be shown as it was typed"),
    "W007": ("warning", "a language that the interface does not speak"),
    "W008": ("warning", "a name that can be read as another"),
}


class Place(NamedTuple):
    """A line and a column, both counted from 1."""

    line: int
    column: int


class Problem(Struct, frozen=True, order=True):
    """One thing wrong: `path` relative to the site, `line` and `column` from 1 (0 where a file has no such place).

    `length` counts the characters of the line that it is about; 0 leaves that to `generator.sources`. A line of `help`
    after its first is there to be pasted.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    help: str = ""
    length: int = 0
    strict: bool = False
    """Whether this warning counts as an error in this run."""

    @property
    def severity(self) -> Severity:
        return "error" if self.strict else CODES[self.code][0]

    def as_error(self) -> Problem:
        """The same problem as an error."""
        return replace(self, strict=True)


class ContentError(Exception):
    """Content cannot be built; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(f"{len(self.problems)} problems in the content")


class FaultError(Exception):
    """A fault outside the content (an output that is not ours, a missing folder); its text is for the user."""


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that stop a build."""
    return [problem for problem in problems if problem.severity == "error"]
