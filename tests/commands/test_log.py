"""Warnings logged while a command runs."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from pos_helper.catalog.indexed_catalog import IndexedCatalog
from pos_helper.domain.lookup import Lookup
from tests.command_line import CommandLine

Arrange = Callable[[Callable[[], None]], None]

_LOG = logging.getLogger("pos_helper.catalog.a_module")


@pytest.fixture
def log_in_lookup(monkeypatch: pytest.MonkeyPatch) -> Arrange:
    """Make ``lookup`` log a message."""

    def arrange(log: Callable[[], None]) -> None:
        search = IndexedCatalog.search

        def searching(self: IndexedCatalog, *asked: Any, **more: Any) -> Lookup:
            log()
            return search(self, *asked, **more)

        monkeypatch.setattr(IndexedCatalog, "search", searching)

    return arrange


def test_a_warning_is_one_plain_line_beside_the_json(run: CommandLine, log_in_lookup: Arrange) -> None:
    quiet = run("lookup", "E1", "--json")
    log_in_lookup(lambda: _LOG.warning("The kept entry %s is damaged\nand was left out", 7))
    code, out, err = run("lookup", "E1", "--json")
    assert (code, out) == quiet[:2]
    assert json.loads(out)["read_as"] == "E1"
    assert err == "The kept entry 7 is damaged and was left out\n"


def test_a_warning_tells_the_fault_without_a_traceback(run: CommandLine, log_in_lookup: Arrange) -> None:
    def log() -> None:
        try:
            raise ValueError("no such day")
        except ValueError:
            _LOG.exception("The date was left out")

    log_in_lookup(log)
    assert run("lookup", "E1")[2] == "The date was left out: ValueError: no such day\n"


def test_a_warning_shows_no_card_data(run: CommandLine, log_in_lookup: Arrange) -> None:
    log_in_lookup(lambda: _LOG.warning("Left out: %s", "4111 1111 1111 1111"))
    assert run("lookup", "E1")[2] == "Left out: ••••1111\n"


def test_what_is_no_warning_is_not_printed(run: CommandLine, log_in_lookup: Arrange) -> None:
    log_in_lookup(lambda: _LOG.info("Searching"))
    assert run("lookup", "E1")[2] == ""


def test_a_command_leaves_no_handler_behind(run: CommandLine) -> None:
    before = logging.getLogger().handlers[:]
    run("lookup", "E1")
    run("show", "no-such-entry")
    assert logging.getLogger().handlers == before
