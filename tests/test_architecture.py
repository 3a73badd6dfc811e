"""docs/architecture.md says what the code says."""

import grimp
import pytest

from tools.draw_architecture import PACKAGE, PAGE, picture, with_picture


@pytest.fixture
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(PACKAGE, cache_dir=None)


def test_the_picture_of_the_rooms_is_what_the_imports_say(graph: grimp.ImportGraph) -> None:
    page = PAGE.read_text(encoding="utf-8")
    is_current = with_picture(page, picture(graph)) == page
    assert is_current, "docs/architecture.md is out of date: run `make docs`"


def test_a_new_import_and_a_new_room_show_in_the_picture(graph: grimp.ImportGraph) -> None:
    before = picture(graph)
    assert "export --> domain\n" in before
    graph.add_import(importer="pos_helper.export.text", imported="pos_helper.cases.store")
    graph.add_module("pos_helper.payments")
    graph.add_import(importer="pos_helper.payments", imported="pos_helper.files")
    after = picture(graph).splitlines()
    assert "    export --> cases & domain" in after
    assert '    payments["payments"]' in after
    (files,) = (line for line in after if line.startswith("- `files`"))
    assert "`payments`" in files
