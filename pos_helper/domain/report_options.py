"""The options of a report: format, language, paper."""

from enum import StrEnum

from msgspec import Struct


class ReportFormat(StrEnum):
    """A file format of the report."""

    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    CSV = "csv"
    JSON = "json"


class Paper(StrEnum):
    """The paper of a printed report: an A4 page or the roll of an 80 mm receipt printer."""

    A4 = "a4"
    ROLL_80MM = "80mm"


class ReportLanguage(StrEnum):
    """The language of a report, independent of the window's."""

    ZH = "zh"
    EN = "en"
    BOTH = "both"


class ReportOptions(Struct, frozen=True):
    """How a report is made. ``paper`` applies to PDF only."""

    format: ReportFormat
    language: ReportLanguage
    paper: Paper = Paper.A4
