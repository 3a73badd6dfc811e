"""What a sheet can be: its format, its language, its paper."""

from enum import StrEnum

from msgspec import Struct


class ReportFormat(StrEnum):
    """A format that a sheet can be written in."""

    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    CSV = "csv"
    JSON = "json"


class Paper(StrEnum):
    """The paper of a printed sheet: a page, or the roll of a receipt printer."""

    A4 = "a4"
    ROLL_80MM = "80mm"


class ReportLanguage(StrEnum):
    """The language of a sheet. It does not depend on the window's."""

    ZH = "zh"
    EN = "en"
    BOTH = "both"


class ReportOptions(Struct, frozen=True):
    """What a sheet shall be. ``paper`` matters for PDF only."""

    format: ReportFormat
    language: ReportLanguage
    paper: Paper = Paper.A4
