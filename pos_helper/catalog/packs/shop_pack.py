"""The shop's own pack: one file per code recorded in the window.

Each file is self-contained and never rewritten, so people may edit, copy or delete it. The next recorded code
gets a new file.
"""

import os
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import chain, count
from pathlib import Path

import msgspec
import yaml

from pos_helper.catalog.packs.check import MAX_LINE, MAX_TITLE
from pos_helper.catalog.packs.schema import SCHEMA
from pos_helper.domain.card_data import mask_card_data
from pos_helper.domain.entries import (
    CHECK_LAST_SALE,
    GENERAL_CHECKS,
    Cause,
    Confidence,
    Entry,
    Meaning,
    Money,
    Retry,
    Source,
    SourceKind,
    Step,
    Who,
)
from pos_helper.domain.errors import UserError
from pos_helper.domain.labels import RECORDED_HERE
from pos_helper.domain.ports import Catalog
from pos_helper.domain.query import MAX_CODE
from pos_helper.domain.recorded_code import RecordedCode, recorded_code_error
from pos_helper.domain.text import Text
from pos_helper.files import make_folder, write_atomic

_DAMAGED = Text(
    "自带的代码库不完整，现在记不了。请重新安装程序。",
    "The built-in catalog is damaged, so nothing can be recorded. Please install the program again.",
)
_HELPED_HERE = Text("本店以前这样解决过", "This has helped in this shop before")
_STEP_SECONDS = 60
_ONE_LINE = 1 << 20
_HEAD = """\
# 本店记录的代码，可以用文本编辑器修改；改好后重新打开 POS Helper。
# A code recorded in this shop. Edit it with a text editor as you like, then start POS Helper again.
"""


def record(folder: Path, own: RecordedCode, catalog: Catalog, on: date) -> str:
    """Write a recorded code as a new file in ``folder`` and return the id of its entry.

    The entry has unknown money, so its first step is to check the last sale. Ids that ``catalog`` already has
    are not reused. Raises ``UserError`` and writes nothing if the code is invalid, the built-in catalog is
    damaged or the file cannot be written.
    """
    own = own.tidied()
    if fault := recorded_code_error(own):
        raise UserError(fault.text)
    general = catalog.resolve(GENERAL_CHECKS)
    if general is None:
        raise UserError(_DAMAGED)
    make_folder(folder)
    entry_id = next(
        name
        for name in _names(own.code)
        if not os.path.lexists(folder / f"{name}.yaml") and catalog.resolve(name) is None
    )
    records = _records(entry_id, own, general.entry.customer_phrase, on)
    text = yaml.safe_dump(msgspec.to_builtins(records), allow_unicode=True, sort_keys=False, width=_ONE_LINE)
    write_atomic(folder / f"{entry_id}.yaml", f"{_HEAD}{text}".encode(), private=True)
    return entry_id


def _names(code: str) -> Iterator[str]:
    """Yield candidate ids for a code: ``shop.e77``, ``shop.e77-2`` …"""
    plain = re.sub("[^a-z0-9]+", "-", unicodedata.normalize("NFKC", code).lower())[:MAX_CODE].strip("-")
    name = f"shop.{plain or 'code'}"
    return chain([name], (f"{name}-{number}" for number in count(2)))


def _records(entry_id: str, own: RecordedCode, say: Text, on: date) -> dict[str, object]:
    """Return the content of the file. Text typed in one language is stored in both halves of a ``Text``."""
    source = Source(id=entry_id, kind=SourceKind.SHOP, title=RECORDED_HERE, where=on.isoformat())
    meaning = Meaning(text=_both(own.meaning), sources=(source.id,), confidence=Confidence.LOW)
    step = _step(f"{entry_id}.helped", own.helped) if own.helped else None
    causes: tuple[Cause, ...] = ()
    if step is not None and own.tab is not None:
        causes = (Cause(id="helped-here", tab=own.tab, text=_HELPED_HERE, steps=(step.id,)),)
    entry = Entry(
        id=entry_id,
        origin=own.origin,
        code=own.code,
        title=_shortened(own.meaning, MAX_TITLE),
        meanings=(meaning,),
        money=Money.UNKNOWN,
        retry=Retry.AFTER_CHECK,
        customer_phrase=say,
        first=(CHECK_LAST_SALE,),
        causes=causes,
    )
    return {
        "schema": SCHEMA,
        "sources": [source],
        **({"steps": [step]} if step else {}),
        "entries": [entry],
    }


def _step(step_id: str, helped: str) -> Step:
    text = _shortened(helped, MAX_LINE)
    whole = _both(helped)
    how = None if text == whole else whole
    return Step(id=step_id, text=text, who=Who.CASHIER, seconds=_STEP_SECONDS, how=how)


def _both(text: str) -> Text:
    return Text(text, text)


def _shortened(text: str, most: tuple[int, int]) -> Text:
    """Shorten the text to each language's limit; a cut text that looks like a card number is masked."""
    zh, en = (
        text if len(text) <= length else mask_card_data(f"{text[: length - 1].rstrip()}…") for length in most
    )
    return Text(zh, en)
