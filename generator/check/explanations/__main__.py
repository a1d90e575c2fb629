"""Rewrites docs/problems.md: `python -m generator.check.explanations`, in the repository's folder."""

from __future__ import annotations

from pathlib import Path

from generator.check.explanations import as_markdown

if __name__ == "__main__":
    Path("docs/problems.md").write_text(as_markdown(), "utf-8")
