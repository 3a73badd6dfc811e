"""The report as plain text, to paste into a chat and read on a phone."""

from collections.abc import Iterator

from pos_helper.domain import report_labels as labels
from pos_helper.domain.report_blocks import FieldList, MeaningLine, MeaningStatus, Report, StepLine
from pos_helper.domain.report_labels import TICKS
from pos_helper.domain.text import Lang, Text

_NO_TICK = "–"
_INDENT = "　"
_IN_BRACKETS = Text("{}（{}）", "{} ({})")


def render_text(report: Report) -> str:
    """The report as lines of plain text, each ending in a line feed, without markup."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"【{_one(report, report.title)}】"
    first, *others = report.in_languages(report.problem)
    yield f"{report.code} {first}".strip()
    yield from others
    for block in (report.money, report.incident, report.sale):
        yield from _fields(report, block)
    yield from _heading(report, labels.STEPS, _one(report, report.progress.text))
    for line in report.tried:
        yield from _step(report, line)
    if report.rest.raw != "0":
        yield from report.in_languages(report.rest.text)
    for line in report.untried:
        yield from _untried(report, line)
    if report.note:
        yield from _heading(report, labels.LABELS["note"])
        yield from report.note.splitlines()
    if report.meanings:
        yield from _heading(report, labels.MEANINGS)
        for meaning in report.meanings:
            yield from _meaning(report, meaning)
    for block in (report.outcome, report.shop, report.footer):
        yield from _fields(report, block)


def _one(report: Report, text: Text) -> str:
    """A short text on one line, in all languages of the report."""
    return " ".join(report.in_languages(text))


def _labelled(report: Report, label: Text, value: str, width: int = 0) -> str:
    return f"{_one(report, label).ljust(width, _INDENT)}{report.colon}{value}"


def _heading(report: Report, title: Text, count: str = "") -> Iterator[str]:
    yield ""
    yield f"■ {_one(report, title)} {count}".rstrip()


def _fields(report: Report, block: FieldList) -> Iterator[str]:
    if not block.fields:
        return
    yield from _heading(report, block.title)
    # Chinese labels are padded to the same width: in a chat all Chinese characters are equally wide.
    width = max(len(field.label.zh) for field in block.fields) if report.languages == (Lang.ZH,) else 0
    for field in block.fields:
        first, *others = report.in_languages(field.value.text)
        yield _labelled(report, field.label, first, width)
        yield from (f"{_INDENT}{other}" for other in others)


def _step(report: Report, line: StepLine) -> Iterator[str]:
    mark = f"{TICKS[line.result.raw]} "
    for lang in report.languages:
        remarks = " · ".join(filter(None, (line.result.text.of(lang), line.at.text.of(lang))))
        yield mark + _IN_BRACKETS.of(lang).format(line.text.of(lang), remarks)
        mark = _INDENT
    if line.note:
        yield _INDENT + _labelled(report, labels.LABELS["note"], " ".join(line.note.splitlines()))


def _untried(report: Report, line: StepLine) -> Iterator[str]:
    mark = f"{TICKS[line.result.raw]} "
    for lang in report.languages:
        remarks = f"{line.group.text.of(lang)} · {line.who.text.of(lang)}"
        yield mark + _IN_BRACKETS.of(lang).format(line.text.of(lang), remarks)
        mark = _INDENT


def _meaning(report: Report, meaning: MeaningLine) -> Iterator[str]:
    mark = f"{TICKS['helped'] if meaning.choice.raw == MeaningStatus.CHOSEN else _NO_TICK} "
    for lang in report.languages:
        titles = (source.title.of(lang) for source in meaning.sources)
        remarks = " · ".join((meaning.choice.text.of(lang), meaning.confidence.text.of(lang), *titles))
        yield mark + _IN_BRACKETS.of(lang).format(meaning.text.of(lang), remarks)
        mark = _INDENT
