"""The report in short, for a QR code that carries it to a phone."""

from collections.abc import Collection, Iterator
from enum import IntEnum

from msgspec import Struct

from pos_helper.domain import report_labels as labels
from pos_helper.domain.report_blocks import FieldList, Report, StepLine
from pos_helper.domain.text import Lang, Text

MOST_BYTES = 800
"""As UTF-8 this makes a QR code of at most 97 by 97 modules, which a phone reads from a small screen."""

_LONGEST_LINE = 90
"""In characters. Longer lines are cut: a shop's own catalog may have long titles."""


class CompactText(Struct, frozen=True):
    """The text, in one language. ``left_out`` says what did not fit; ``None`` if all did."""

    text: str
    left_out: Text | None


class _Part(IntEnum):
    """What a line is. Of what does not fit, the highest part is left out first, its last line first."""

    HEAD = 0
    STEP = 1
    SHOP = 2
    NOTE = 3


_LEFT_OUT = {
    _Part.NOTE: labels.LABELS["note"],
    _Part.SHOP: labels.SHOP,
    _Part.STEP: labels.LABELS["step"],
}


def compact_text(report: Report, most_bytes: int = MOST_BYTES) -> CompactText:
    """The report in its first language: code, money, numbers, what was tried, the outcome.

    It has at most so many bytes as UTF-8. If all is too long, notes are left out first, then what the
    hotline knows of the shop, then steps, what helped last; the last line says so.
    """
    lang = report.languages[0]
    lines = [(part, _short(line)) for part, line in _lines(report, lang) if line]
    gone: set[_Part] = set()
    while True:
        left_out = _left_out(gone) if gone else None
        text = "\n".join([line for _, line in lines] + ([left_out.of(lang)] if left_out else []))
        least = max(part for part, _ in lines)
        if len(text.encode()) <= most_bytes or least is _Part.HEAD:
            return CompactText(text, left_out)
        gone.add(least)
        del lines[max(number for number, (part, _) in enumerate(lines) if part is least)]


def _left_out(gone: Collection[_Part]) -> Text:
    what = [label for part, label in _LEFT_OUT.items() if part in gone]
    return Text(
        labels.LEFT_OUT.zh.format(what="、".join(label.zh for label in what)),
        labels.LEFT_OUT.en.format(what=", ".join(label.en.lower() for label in what)),
    )


def _short(line: str) -> str:
    line = " ".join(line.split())
    return line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…"


def _lines(report: Report, lang: Lang) -> Iterator[tuple[_Part, str]]:
    def value(block: FieldList, key: str) -> str:
        found = block.get(key)
        return found.text.of(lang) if found else ""

    incident, money, outcome = report.incident, report.money, report.outcome
    yield _Part.HEAD, f"{report.title.of(lang)} {report.number.raw}"
    yield _Part.HEAD, f"{value(incident, 'code')} {report.problem.of(lang)}"
    yield _Part.HEAD, " · ".join(filter(None, (value(incident, "seen_at"), value(incident, "machine"))))
    yield _Part.HEAD, " · ".join(filter(None, (value(money, "money"), value(money, "certainty"))))
    for field in report.sale.fields:
        part = _Part.NOTE if field.key in ("screen_text", "changed") else _Part.HEAD
        yield part, f"{field.label.of(lang)} {field.value.text.of(lang)}"
    for field in report.shop.fields:
        part = _Part.HEAD if field.key in ("merchant_id", "terminal_id") else _Part.SHOP
        yield part, f"{field.label.of(lang)} {field.value.text.of(lang)}"
    for line in report.tried:
        yield from _step(line, lang)
    yield _Part.NOTE, report.note and f"{labels.LABELS['note'].of(lang)} {report.note}"
    yield (
        _Part.HEAD,
        " · ".join(filter(None, (value(outcome, key) for key in ("state", "handed_to", "ticket")))),
    )


def _step(line: StepLine, lang: Lang) -> Iterator[tuple[_Part, str]]:
    remarks = " · ".join(filter(None, (line.result.text.of(lang), line.at.text.of(lang))))
    yield _Part.STEP, f"{labels.TICKS[line.result.raw]} {line.text.of(lang)} · {remarks}"
    yield _Part.NOTE, line.note and f"» {line.note}"
