"""The Nu HTML checker (vnu), over all pages in one go, in a process of its own."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.web.tools import NU

# The checker reads files, where `'self'` is no host. Browsers say whether a page keeps to its policy (test_reading.py).
_POLICY = re.compile(r"Resource violates Content Security Policy \(meta tag\): [a-z ]+ “(?P<address>[^”]*)” blocked")

_DATA = re.compile(r"Inline script violates Content Security Policy")  # which is no script where its type is JSON
# A quotation is shown in the article's own characters, composed or not: that is its proof.
_COMPOSED = "Text run is not in Unicode Normalization Form C."


class Check:
    """A run of the checker over `folders` (built sites and their addresses), which goes on beside the other tests."""

    def __init__(self, folders: Mapping[Path, str]) -> None:
        self._urls = tuple(folders.values())
        self._report = tempfile.TemporaryFile()  # noqa: SIM115 — read when the process has ended
        # No guess at the language: an Arabic site of English articles would be pointed out, and rightly has both.
        options = ["--stdout", "--format", "json", "--no-langdetect", "--exit-zero-always", "--skip-non-html"]
        command = ["java", "-Xss2m", "-jar", str(NU), *options, *map(str, folders)]
        self._process = subprocess.Popen(command, stdout=self._report, stderr=subprocess.PIPE)

    def messages(self) -> list[str]:
        """Every message, of any kind: none is wanted."""
        _, errors = self._process.communicate(timeout=600)
        self._report.seek(0)
        report = self._report.read()
        self._report.close()
        if self._process.returncode or not report:
            raise AssertionError(f"The Nu checker failed: {errors.decode(errors='replace')[-2000:]}")
        found = json.loads(report)["messages"]
        return [_told(each) for each in found if not _is_meant(each, self._urls)]

    def stop(self) -> None:
        """End it, whether or not anybody asked for its messages."""
        if self._process.returncode is None:
            self._process.kill()
            self._process.communicate()
        self._report.close()


def check(*folders: Path) -> list[str]:
    """The messages on the files in `folders`."""
    return Check(dict.fromkeys(folders, "")).messages()


def _is_meant(found: Mapping[str, str], urls: Sequence[str]) -> bool:
    """Whether the message is about what is right as it is: an article's characters, a policy's `'self'` in a file."""
    message = found["message"]
    if _DATA.match(message):
        return '<script type="application/ld+json">' in found.get("extract", "")
    policy = _POLICY.match(message)
    if policy is None:
        return message.startswith(_COMPOSED)
    address = policy["address"]
    return not re.match(r"[a-z]+:|//", address) or any(url and address.startswith(url) for url in urls)


def _told(message: dict[str, object]) -> str:
    place = f"{message.get('url', '')}:{message.get('lastLine', '')}"
    kind = message.get("subType", message["type"])
    return f"{place}: {kind}: {message['message']} ({str(message.get('extract', '')).strip()})"
