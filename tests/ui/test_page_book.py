"""Pages are built when they are first wanted."""

import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.ui.main_window.page_book import PAGE_NAMES, PAGES, page_words
from tests.ui.page_stage import Tools
from tests.ui.window_stage import window_stage


@pytest.fixture
def window(qtbot, wait, theme, tmp_path):
    with (
        DemoThread(speed=0) as host,
        window_stage(Tools(qtbot, wait, theme, host), tmp_path) as (window, _),
    ):
        yield window


def test_every_page_has_a_word_and_an_action():
    assert tuple(page_words()) == PAGE_NAMES
    assert len({spec.action for spec in PAGES}) == len(PAGES)


def test_a_page_is_built_once(window):
    book = window._book
    built = []
    book.page_built.connect(lambda name, page: built.append(name))
    assert book.count() == 1
    book.show_page("models")
    book.show_page("prompt")
    book.show_page("models")
    assert built == ["models"]
    assert book.shown_name == "models"


def test_an_unknown_page_is_the_prompt_page(window):
    window._book.show_page("models")
    window._book.show_page("nowhere")
    assert window._book.shown_name == "prompt"


def test_sizes_of_pages_that_were_not_built_are_kept(window):
    window._book.remember_views({"history": "kept"})
    assert window._book.views()["history"] == "kept"
