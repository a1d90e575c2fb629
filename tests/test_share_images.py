"""Share images: their size, their bytes on any machine, what is drawn on them, and when they are made."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image, ImageChops
from support import REPOSITORY, SMALL, build_site, claim, lay, planned, run, small_site, tree

from generator.build.options import Options
from generator.images import bidi, shapes, share
from generator.images.colours import INK, PAPER, PLUM, QUIET, SHEET, contrast, told
from generator.images.fonts import drawable, families, shaped
from generator.images.setting import Box, set_type
from generator.images.share import png
from generator.images.values import ShareImage
from generator.pipeline import build
from generator.plan.claim_values import ClaimPage
from generator.publish.output import Output

IMAGE = ShareImage(
    site="The Small Desk",
    claim="The ship landed at noon.",
    label="Mostly false",
    shape="triangle",
    colour="#b4531a",
    basis="5 articles: at most 2 independent origins",
    retracted=False,
    language="en",
    direction="ltr",
)
ARABIC = "هبط طاقم الفيلم الروسي في كازاخستان"
WITH_IMAGES = {"site.toml": SMALL["site.toml"].replace("\n[[", "\n[share_images]\nenabled = true\n\n[[", 1)}
SHARED = "claims/landing/share.png"


def pixels(image: ShareImage) -> Image.Image:
    return Image.open(io.BytesIO(png(image))).convert("RGB")


def differ_in(one: ShareImage, other: ShareImage) -> tuple[int, int, int, int]:
    """The box in which two images differ."""
    found = ImageChops.difference(pixels(one), pixels(other)).getbbox()
    assert found is not None
    return found


# --- the picture ------------------------------------------------------------------------------------------------------


def test_an_image_is_of_the_size_that_is_asked_for_and_small() -> None:
    data = png(replace(IMAGE, claim="The ship that the captain had steered for a whole night landed at noon. " * 9))
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(data) < 40_000


def test_the_same_value_is_the_same_bytes_in_any_process_locale_and_time_zone() -> None:
    image = replace(IMAGE, claim=f"{ARABIC} Straße “Καζακστάν” в Казахстане", language="")
    script = """
import locale, sys, msgspec
from generator.images.share import png
from generator.images.values import ShareImage
locale.setlocale(locale.LC_ALL, "")
sys.stdout.buffer.write(png(msgspec.json.decode(sys.stdin.buffer.read(), type=ShareImage)))
"""
    for place in ({"LC_ALL": "C", "TZ": "UTC"}, {"LC_ALL": "C.UTF-8", "TZ": "Asia/Almaty", "PYTHONHASHSEED": "7"}):
        done = subprocess.run(
            [sys.executable, "-c", script],
            input=json.dumps({name: getattr(image, name) for name in image.__struct_fields__}).encode(),
            env={**os.environ, **place},
            cwd=REPOSITORY,
            capture_output=True,
            check=True,
            timeout=60,
        )
        assert done.stdout == png(image)


@pytest.mark.parametrize(
    "change",
    [
        {"claim": "The ship landed at dawn."},
        {"label": "False"},
        {"shape": "cross"},
        {"shape": "question"},
        {"shape": ""},
        {"colour": "#1a7f4b"},
        {"basis": "4 articles: at most 2 independent origins"},
        {"site": "The Large Desk"},
        {"retracted": True},
        {"direction": "rtl"},
    ],
    ids=str,
)
def test_everything_in_the_value_is_seen(change: dict[str, object]) -> None:
    differ_in(IMAGE, replace(IMAGE, **change))


def test_a_verdict_is_told_by_its_word_and_shape_in_the_badge_alone() -> None:
    for change in ({"label": "Mostly"}, {"shape": "cross"}):
        left, top, right, bottom = differ_in(IMAGE, replace(IMAGE, **change))
        assert left >= share._LEFT
        assert right < 700
        assert top >= share._BADGE_TOP
        assert bottom <= share._BADGE_TOP + share._BADGE_HEIGHT


def test_a_verdict_is_told_without_colour() -> None:
    """Two verdicts of one colour and one word differ in their shapes; all shapes differ from one another."""
    drawn = {shapes.drawn(shape, 50).tobytes() for shape in (*shapes._POLYGONS, *shapes._ROUND)}
    assert len(drawn) == len(shapes._POLYGONS) + len(shapes._ROUND)
    assert all(any(data) for data in drawn)


def test_every_shape_of_the_templates_is_drawn() -> None:
    source = (REPOSITORY / "templates" / "partials" / "icons.html").read_text("utf-8")
    names = [line.split('"')[1] for line in source.split("set shapes")[1].split("%}")[0].splitlines() if '": "' in line]
    assert len(names) > 5
    assert [name for name in names if not shapes.is_drawn(name) and name != shapes.QUESTION] == []


@pytest.mark.parametrize("colour", ["#ffffff", "#ff0", "#00ff00", "#b3261e", "#000000", "", "no colour"])
def test_all_text_can_be_read(colour: str) -> None:
    assert contrast(told(colour), SHEET) >= 4.5
    assert contrast(PLUM, SHEET) >= 4.5
    assert contrast(INK, PAPER) >= 4.5
    assert contrast(QUIET, SHEET) >= 4.5


def test_contrast_is_as_wcag_has_it() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


# --- letters ----------------------------------------------------------------------------------------------------------


def test_arabic_letters_are_joined_and_run_from_right_to_left() -> None:
    naskh = families()[0].faces[1]
    together = shaped("طاقم", naskh, True, "ar")
    apart = [shaped(letter, naskh, True, "ar").glyphs[0].number for letter in "طاقم"]
    assert [glyph.number for glyph in together.glyphs] != apart[::-1]
    assert together.width < sum(shaped(letter, naskh, True, "ar").width for letter in "طاقم")
    alone = [line.shapes[0][1].glyphs for line in set_type("ا", families()[0], Box(900, (50,)), "ar", False).lines]
    first = set_type("ام", families()[0], Box(900, (50,)), "ar", False).lines[0].shapes[0][1].glyphs
    assert first[-1].number == alone[0][0].number  # alef, which is read first and joins nothing, stands at the right


def test_text_of_the_other_direction_begins_at_the_right() -> None:
    left, _, right, _ = differ_in(replace(IMAGE, claim=""), replace(IMAGE, claim="طاقم"))
    assert left > 600
    assert right <= share._RIGHT
    left, _, right, _ = differ_in(replace(IMAGE, claim=""), replace(IMAGE, claim="The crew", direction="rtl", label=""))
    assert left < 600


@pytest.mark.parametrize(
    ("text", "base", "looks"),
    [
        ("abc def", 0, "abc def"),
        ("אבג דהו", 1, "והד גבא"),
        ("abc אבג דהו def", 0, "abc והד גבא def"),
        ("אבג abc 12 דהו", 1, "והד abc 12 גבא"),
        ("אבג 12:30, 45% דהו", 1, "והד 45% ,12:30 גבא"),
        ("abc \u05d1\u05b0 def", 0, "abc \u05b0\u05d1 def"),
        ("abc אבג 12-30.", 0, "abc 12-30 גבא."),
        ("\u0639\u062f 12-30", 1, "30-12 \u062f\u0639"),
    ],
)
def test_both_directions_stand_in_one_line_as_unicode_orders_them(text: str, base: int, looks: str) -> None:
    found = bidi.seen(list(zip(text, bidi.levels(text, base), strict=True)), lambda piece: piece[1])
    assert "".join(character for character, _ in found) == looks


def test_what_no_font_has_is_said_to_be_left_out() -> None:
    serif = families()[0]
    assert drawable("He said 你好 🚀 loudly\u202e.", serif) == "He said […] […] loudly."
    assert drawable("  Two\n lines\u00a0here\t", serif) == "Two lines\u00a0here"
    assert drawable("摄制组着陆。", serif) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Съёмочная группа Ђорђе Ґанок",
        "Το πλήρωμα ᾅδω",
        "Điện ảnh Łódź ğüşöçı ħ ŵ Ǿ",
        f"{ARABIC} پژوهشگر ٹیلی ویژن",
        "הצוות נחת בְּקזחסטן",
        "£5 €6 “a” ‘b’ «c» – — … № ½ 5 °C",
    ],
)
def test_scripts_that_are_covered(text: str) -> None:
    for family in families():
        assert drawable(text, family) == text


# --- fitting ----------------------------------------------------------------------------------------------------------


BOX = Box(1000, (60, 40), 100)


def test_a_text_has_the_largest_size_that_it_fits_in() -> None:
    sizes = [set_type("word " * count, families()[0], BOX, "en", False).size for count in (2, 10, 200)]
    assert sizes == [60, 40, 40]
    for count in (2, 10, 200):
        block = set_type("word " * count, families()[0], BOX, "en", False)
        assert block.height <= BOX.height
        assert block.width <= BOX.width


def glyphs_of(text: str, box: Box = BOX) -> list[int]:
    block = set_type(text, families()[0], box, "en", False)
    return [glyph.number for line in block.lines for _, shape in line.shapes for glyph in shape.glyphs]


def test_a_text_that_is_too_long_is_cut_at_a_word_with_an_ellipsis() -> None:
    ellipsis, letter = glyphs_of("…")[0], glyphs_of("d")[0]
    found = glyphs_of("word, " * 100)
    assert found[-2:] == [letter, ellipsis]  # after a whole word, without its comma
    assert glyphs_of("word") == found[:4]


def test_a_word_that_is_too_long_is_broken_between_letters() -> None:
    block = set_type("n" * 60, families()[0], BOX, "en", False)
    assert len(block.lines) == 2
    assert len(glyphs_of("n" * 60)) == 60
    marked = "n\u0323\u0304"
    whole = len(glyphs_of(marked))
    assert all(
        len([glyph for _, shape in line.shapes for glyph in shape.glyphs]) % whole == 0
        for line in set_type(marked * 60, families()[0], Box(1000, (40,), 900), "en", False).lines
    )


ODD = st.text(max_size=60) | st.text("aא ا1٣.,-…\u0301\u200d\u200f\u202e🚀", max_size=60)


@settings(max_examples=60, deadline=None)
@given(claim=ODD, label=ODD, site=ODD, language=st.text(max_size=4), right=st.booleans())
@example(claim="x" * 100_000, label="word " * 9_000, site="-" * 5_000, language="xx", right=False)
@example(claim=ARABIC * 900, label="ا" * 5_000, site="\u0301" * 900, language="ar", right=True)
@example(claim="", label="", site="", language="", right=False)
def test_nothing_that_is_typed_breaks_an_image(claim: str, label: str, site: str, language: str, right: bool) -> None:
    image = replace(IMAGE, claim=claim, label=label, site=site, language=language, direction="rtl" if right else "ltr")
    data = png(image)
    with Image.open(io.BytesIO(data)) as opened:
        assert opened.size == (1200, 630)
    assert len(data) < 60_000


# --- in a build -------------------------------------------------------------------------------------------------------


def digests(root: Path) -> dict[str, str]:
    return {path: hashlib.sha256(data).hexdigest() for path, data in tree(root / "build").items() if "share" in path}


def page(root: Path) -> ClaimPage:
    value = planned(root)["/claims/landing/"]
    assert isinstance(value, ClaimPage)
    return value


def test_a_site_has_images_where_it_says_so(tmp_path: Path) -> None:
    without, with_them = small_site(tmp_path / "a"), small_site(tmp_path / "b", WITH_IMAGES)
    for root in (without, with_them):
        build_site(root)
    assert digests(without) == {}
    assert list(digests(with_them)) == [SHARED]
    assert (page(without).share_image, page(without).share_image_text) == ("", "")
    assert page(with_them).share_image == f"/{SHARED}"
    assert page(with_them).share_image_text == "True: “The ship landed at noon.”"


def test_an_image_says_what_the_page_says(tmp_path: Path) -> None:
    root = small_site(tmp_path / "site", WITH_IMAGES)
    build_site(root)
    image = replace(IMAGE, label="True", shape="", colour="", basis="1 article: origin not established")
    assert (root / "build" / SHARED).read_bytes() == png(image)


def test_a_retracted_claims_image_says_that_and_no_verdict(tmp_path: Path) -> None:
    correction = "status: retracted\ncorrections:\n  - {date: 2022-01-01, kind: correction, text: It was wrong.}\n"
    root = small_site(tmp_path / "site", WITH_IMAGES, {"content/claims/landing.yaml": claim(more=correction)})
    build_site(root)
    image = replace(IMAGE, label="Retracted", shape="", colour="", basis="This check no longer stands.", retracted=True)
    assert (root / "build" / SHARED).read_bytes() == png(image)
    assert page(root).share_image_text == "Retracted: “The ship landed at noon.”"


def test_an_image_is_drawn_again_only_where_it_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def counted(image: ShareImage) -> bytes:
        made.append(image.claim)
        return png(image)

    monkeypatch.setattr("generator.images.share.png", counted)
    path = "content/claims/landing.yaml"
    other = {"content/claims/other.yaml": claim("Nobody was hurt.")}
    root = small_site(tmp_path / "site", WITH_IMAGES, other)
    for edited, expected in (
        (SMALL[path], ["The ship landed at noon.", "Nobody was hurt."]),
        (SMALL[path] + "analysis: It **did**.\n", []),
        (SMALL[path].replace("verdict: true", "verdict: false"), ["The ship landed at noon."]),
        (SMALL[path], ["The ship landed at noon."]),
        (SMALL[path].replace("It did.", "It did so."), []),
    ):
        lay(root, {path: edited})
        build_site(root)
        assert sorted(made) == sorted(expected), edited
        assert sorted(digests(root)) == [SHARED, "claims/other/share.png"]
        made.clear()


def test_an_image_is_there_before_the_page_that_leads_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    staged: list[str] = []
    stage = Output.stage
    monkeypatch.setattr(Output, "stage", lambda self, path, data: (staged.append(path), stage(self, path, data)))
    build_site(small_site(tmp_path / "site", WITH_IMAGES))
    assert staged.index(SHARED) < staged.index("claims/landing/index.html")


@pytest.mark.parametrize("edit", [None, claim(more="status: draft\n")], ids=["gone", "a draft"])
@pytest.mark.parametrize("drafts", [False, True])
def test_an_image_goes_with_its_claim(edit: str | None, drafts: bool, tmp_path: Path) -> None:
    root = small_site(tmp_path / "site", WITH_IMAGES, {"content/claims/other.yaml": claim("Nobody was hurt.")})
    build(root, root / "build", Options(drafts=drafts))
    assert sorted(digests(root)) == [SHARED, "claims/other/share.png"]
    lay(root, {"content/claims/landing.yaml": edit})
    build(root, root / "build", Options(drafts=drafts))
    assert sorted(digests(root)) == ["claims/other/share.png"]
    assert (root / "build" / "claims" / "landing").exists() == (drafts and edit is not None)


def test_a_preview_draws_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small_site(tmp_path / "site", WITH_IMAGES)
    lay(
        root,
        {"templates/claim.html": '{% extends "base.html" %}{% block main %}[{{ page.share_image }}]{% endblock %}'},
    )
    build(root, root / "preview", Options(preview=True))
    assert not (root / "preview" / SHARED).exists()
    page = (root / "preview" / "claims" / "landing" / "index.html").read_text("utf-8")
    assert "[/claims/landing/share.png]" in page, "the preview's server answers that"


def test_a_site_without_images_imports_none_of_what_draws_them(tmp_path: Path) -> None:
    root = small_site(tmp_path / "site")
    script = """
import sys
from pathlib import Path
from generator.pipeline import build
build(Path(sys.argv[1]), Path(sys.argv[1]) / "build")
print(sorted({"PIL", "uharfbuzz"} & sys.modules.keys()))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(root)], cwd=REPOSITORY, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "[]\n", done.stderr


def test_timings_say_what_images_cost(tmp_path: Path) -> None:
    root = small_site(tmp_path / "site", WITH_IMAGES)
    assert "share image" in run("build", "--site", root, "--timings").stderr
