"""The report as a web page."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from pos_helper.domain.cases import Case
from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_options import ReportLanguage
from pos_helper.domain.shop import Shop
from pos_helper.export.html import render_html

Reports = Callable[..., Report]
HOSTILE = "<b>&\"'</b><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}"


class Page(HTMLParser):
    """The tags, attributes and texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())


@pytest.mark.parametrize("language", ReportLanguage)
def test_page_is_as_agreed(
    language: ReportLanguage, report_of: Reports, check_golden: Callable[[str, bytes], None]
) -> None:
    check_golden(f"report.{language}.html", render_html(report_of(language)).encode())


def test_what_people_typed_is_text_and_never_markup(report_of: Reports, case: Case) -> None:
    marks = {step_id: replace(mark, note=HOSTILE) for step_id, mark in case.marks.items()}
    hostile = replace(case, code_shown=HOSTILE, note=HOSTILE, marks=marks)
    shop = Shop(name=HOSTILE, contact=HOSTILE)
    page = Page(render_html(report_of(ReportLanguage.BOTH, hostile, shop)))
    assert not {"script", "img"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert page.texts.count(HOSTILE) == 4 + len(marks)


@pytest.mark.parametrize(("language", "lang"), [("zh", "zh-CN"), ("en", "en"), ("both", "zh-CN")])
def test_page_names_its_language(language: str, lang: str, report_of: Reports) -> None:
    page = Page(render_html(report_of(ReportLanguage(language))))
    assert ("lang", lang) in page.attributes
    assert (("lang", "en") in page.attributes) is (language != "zh")


def test_page_needs_nothing_else(report_of: Reports) -> None:
    page = render_html(report_of(ReportLanguage.BOTH))
    assert not re.search(r"https?:|\bsrc=|\bhref=|url\(|@import|<script|<link", page)
