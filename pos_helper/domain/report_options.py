"""The options of a report: format, language, paper, what is on it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct

from pos_helper.domain.text import Lang


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


LANGUAGES: Mapping[ReportLanguage, tuple[Lang, ...]] = MappingProxyType(
    {
        ReportLanguage.ZH: (Lang.ZH,),
        ReportLanguage.EN: (Lang.EN,),
        ReportLanguage.BOTH: (Lang.ZH, Lang.EN),
    }
)


class ReportOptions(Struct, frozen=True):
    """How a report is made. ``paper`` applies to PDF only; ``untried`` lists the steps not tried, too."""

    format: ReportFormat
    language: ReportLanguage
    paper: Paper = Paper.A4
    untried: bool = False


class CasesFormat(StrEnum):
    """A file format of all cases together."""

    JSONL = "jsonl"
    CSV = "csv"
