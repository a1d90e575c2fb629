"""What a share image is drawn from."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class ShareImage(Struct, frozen=True):
    """All that is seen on a claim's image: two that are equal are the same bytes.

    `shape` names a picture as in the templates, `colour` is one such as #1a7f37 or empty. `label` tells the verdict, or
    that the check was retracted; `basis` says what the check rests on.
    """

    site: str
    claim: str
    label: str
    shape: str
    colour: str
    basis: str
    retracted: bool
    language: str
    direction: Literal["ltr", "rtl"]
