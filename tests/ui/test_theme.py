"""The look: readable in both appearances, one place for it, and an icon for every name."""

import re
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

import pos_helper.ui
from pos_helper import paths
from pos_helper.ui.theme import DARK, LIGHT, TEXT_PERCENTS, Appearance, Colours, Role, Theme, Tone
from pos_helper.ui.widgets.looks import MONEY_LOOKS, RETRY_LOOKS

READABLE = 4.5
"""WCAG 2.2, 1.4.3: the least contrast of text."""

VISIBLE = 3.0
"""WCAG 2.2, 1.4.11: the least contrast of a sign that carries a meaning."""

ICONS = sorted(path.stem for path in (paths.resources() / "icons").glob("*.svg"))
SOURCES = sorted(Path(pos_helper.ui.__file__).parent.rglob("*.py"))


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two colours, 1 to 21."""

    def luminance(colour: QColor) -> float:
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (colour.redF(), colour.greenF(), colour.blueF())
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_all_text_is_readable(colours: Colours) -> None:
    grounds = (colours.window, colours.surface, colours.selection)
    pairs = [(text, ground) for text in (colours.text, colours.muted) for ground in grounds]
    pairs += [(colours.accent, ground) for ground in (colours.window, colours.surface)]
    pairs += [(colours.on_accent, colours.accent)]
    pairs.append((colours.on_display, colours.display))
    pairs += [(tint.text, tint.fill) for tint in colours.tints.values()]
    assert [
        f"{one.name()} on {ground.name()}" for one, ground in pairs if contrast(one, ground) < READABLE
    ] == []


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_a_tone_is_seen_by_its_edge(colours: Colours) -> None:
    grounds = (colours.window, colours.surface)
    for tone in Tone:
        assert min(contrast(colours.tints[tone].edge, ground) for ground in grounds) >= VISIBLE, tone


def test_changing_the_appearance_is_announced_after_it_has_changed(theme: Theme, qtbot: Any) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_appearance(Appearance.DARK)
    assert theme.is_dark
    assert theme.colours is DARK


@pytest.mark.parametrize("appearance", list(Appearance))
def test_a_change_of_the_systems_colours_is_followed_only_by_the_appearance_that_follows_it(
    theme: Theme, qapp: QApplication, appearance: Appearance
) -> None:
    theme.set_appearance(appearance)
    for scheme, colours in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
        qapp.styleHints().colorSchemeChanged.emit(scheme)
        fixed = {Appearance.LIGHT: LIGHT, Appearance.DARK: DARK}
        assert theme.colours is fixed.get(appearance, colours)
        assert qapp.palette().color(QPalette.ColorRole.Window) == theme.colours.window


def test_a_theme_begins_with_the_systems_colours_whatever_the_program_showed_before(
    theme: Theme, qapp: QApplication, families: list[str]
) -> None:
    theme.set_appearance(Appearance.DARK)
    new = Theme(qapp, paths.resources() / "icons", families)
    assert new.colours is LIGHT
    new.deleteLater()


def test_text_sizes_go_step_by_step_and_stop_at_the_ends(theme: Theme) -> None:
    normal = theme.font(Role.BODY).pointSizeF()
    seen = [theme.text_percent]
    for _ in TEXT_PERCENTS:
        theme.set_text_percent(theme.stepped(1))
        seen.append(theme.text_percent)
    assert seen == sorted(seen)
    assert theme.text_percent == TEXT_PERCENTS[-1]
    assert theme.font(Role.BODY).pointSizeF() == normal * TEXT_PERCENTS[-1] / 100
    assert theme.stepped(0) == 100
    theme.set_text_percent(TEXT_PERCENTS[0])
    assert theme.stepped(-1) == TEXT_PERCENTS[0]


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws_something_inside_its_frame(theme: Theme, name: str) -> None:
    image = theme.pixmap(name, size=48).toImage()
    inked = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 32
    ]
    assert len(inked) > 40
    edge = {0, image.width() - 1}
    assert not any(x in edge or y in edge for x, y in inked), "it is cut off at its edge"


def test_every_icon_that_is_named_exists() -> None:
    named = {look.icon for look in chain(MONEY_LOOKS.values(), RETRY_LOOKS.values())}
    for path in SOURCES:
        named |= set(
            re.findall(
                r"""(?:icon|pixmap|Icon)\((?:theme, |painter, )?"([a-z-]+)\"""", path.read_text("utf-8")
            )
        )
    assert "search" in named
    assert named <= set(ICONS)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_only_the_theme_names_colours_and_sizes(path: Path) -> None:
    if path.stem != "theme":
        literal = re.compile(
            r"#[0-9a-fA-F]{6}\b|setPixelSize|setPointSize|GlobalColor\.(?!transparent)|\d+p[xt]\b"
        )
        assert literal.findall(path.read_text(encoding="utf-8")) == []
