"""Whoever types Chinese with Fcitx can do so in the window."""

import os

import pytest

from pos_helper.runtime.input_method import offer_ibus


@pytest.mark.parametrize(
    ("one", "several", "expected"),
    [
        ("fcitx", None, "fcitx;ibus"),
        ("fcitx5", None, "fcitx5;ibus"),
        ("ibus", None, "ibus;ibus"),
        ("fcitx", "wayland;fcitx", "wayland;fcitx"),
        (None, None, None),
    ],
)
def test_ibus_is_the_second_choice_unless_the_system_names_several(
    monkeypatch: pytest.MonkeyPatch, one: str | None, several: str | None, expected: str | None
) -> None:
    given = {"QT_IM_MODULE": one, "QT_IM_MODULES": several}
    monkeypatch.setattr(os, "environ", {name: value for name, value in given.items() if value is not None})
    offer_ibus()
    assert os.environ.get("QT_IM_MODULES") == expected
