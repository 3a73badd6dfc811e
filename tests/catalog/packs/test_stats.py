"""The counts of ``catalog stats``."""

from pathlib import Path

import msgspec

from pos_helper.catalog.packs.stats import CatalogStats, Share, count, stats_lines
from pos_helper.domain.entries import Confidence, Tab
from pos_helper.domain.text import Lang


def test_the_figures_of_a_catalog(small: Path) -> None:
    stats = count([small])
    assert stats == CatalogStats(
        packs=1,
        problems=0,
        entries=9,
        with_code=8,
        without_code=1,
        meanings=4,
        causes=2,
        steps=4,
        prevention=1,
        sources=2,
        declined=0,
        languages=(Lang.ZH, Lang.EN),
        confidence={Confidence.HIGH: 2, Confidence.MEDIUM: 0, Confidence.LOW: 2},
        origins={
            "card-network": Share(entries=2, causes=0, steps=0),
            "terminal": Share(entries=3, causes=2, steps=3),
            "pos-app": Share(entries=2, causes=0, steps=0),
            "wallet": Share(entries=1, causes=0, steps=0),
            "symptom": Share(entries=1, causes=0, steps=0),
        },
        tabs={
            Tab.HARDWARE: Share(entries=0, causes=0, steps=0),
            Tab.SOFTWARE: Share(entries=1, causes=1, steps=1),
            Tab.NETWORK: Share(entries=1, causes=1, steps=2),
            Tab.OPERATION: Share(entries=0, causes=0, steps=0),
        },
    )
    assert msgspec.json.decode(msgspec.json.encode(stats), type=CatalogStats) == stats


def test_a_pack_that_was_left_out_is_not_counted(small: Path) -> None:
    stats = count([small, small / "absent"])
    assert (stats.packs, stats.problems, stats.entries) == (1, 1, 9)


def test_the_figures_are_said_in_both_languages(small: Path) -> None:
    stats = count([small])
    assert "  网络：1, 1, 2" in list(stats_lines(stats, Lang.ZH))
    assert "  Network: 1, 1, 2" in list(stats_lines(stats, Lang.EN))
