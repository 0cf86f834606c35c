"""The model palette, by keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListView, QPushButton, QWidget

from novita_desktop.domain.catalogue import Catalogue, Model
from novita_desktop.domain.costs import PriceBand, Prices
from novita_desktop.ui.dialogs.model_palette import ModelPalette
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.model_list import Heading, ModelRow, TypedRow

CHEAP, DEAR = Prices((PriceBand(0, 10, 20),)), Prices((PriceBand(0, 500, 900),))
MODELS = (
    Model("a/big", "Big", context_size=200_000, prices=DEAR, features=frozenset({"reasoning"})),
    Model("b/eye", "Eye", context_size=8_000, prices=CHEAP, input_modalities=frozenset({"image"})),
    Model("c/small", "Small", context_size=4_000, prices=None),
)
CATALOGUE = Catalogue("https://host", (*MODELS, Model("e/embed", "Embed", model_type="embedding")))


@pytest.fixture
def palette(qtbot, qapp):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    theme = Theme(qapp)
    palette = ModelPalette(theme, Icons(theme), window)
    palette.open_for(CATALOGUE, (), ("c/small",), "b/eye")
    yield palette
    palette.close()
    window.close()


def search(palette):
    return next(w for w in palette.findChildren(QLineEdit) if w.accessibleName() == "Search models")


def view(palette):
    found = palette.findChild(QListView)
    assert found.accessibleName() == "Models"
    return found


def rows(palette):
    listed = view(palette).model()
    return [listed.row_at(n) for n in range(listed.rowCount())]


def names(palette):
    found = []
    for row in rows(palette):
        match row:
            case Heading(text):
                found.append(f"[{text}]")
            case ModelRow(model):
                found.append(model.name)
            case TypedRow(model_id):
                found.append(model_id)
    return found


def test_it_opens_on_the_chosen_model_with_the_search_ready(palette, qtbot):
    qtbot.waitUntil(search(palette).hasFocus)
    assert names(palette) == ["[Recent]", "Small", "[All models]", "Big", "Eye"]
    assert view(palette).currentIndex().data() == "Eye"


def test_letters_and_enter_choose_a_model(palette, qtbot):
    chosen = []
    palette.chosen.connect(chosen.append)
    qtbot.keyClicks(search(palette), "big")
    qtbot.keyClick(search(palette), Qt.Key.Key_Return)
    assert chosen == ["a/big"]
    assert not palette.isVisible()


def test_arrows_move_in_the_list_while_typing(palette, qtbot):
    chosen = []
    palette.chosen.connect(chosen.append)
    search(palette).setText("")
    view(palette).setCurrentIndex(view(palette).model().index(3))
    qtbot.keyClick(search(palette), Qt.Key.Key_Down)
    qtbot.keyClick(search(palette), Qt.Key.Key_Return)
    assert chosen == ["b/eye"]


def test_any_id_can_be_used_as_typed(palette, qtbot):
    chosen = []
    palette.chosen.connect(chosen.append)
    qtbot.keyClicks(search(palette), "maker/new-model")
    assert view(palette).currentIndex().data() == "Use “maker/new-model” as typed"
    qtbot.keyClick(search(palette), Qt.Key.Key_Return)
    assert chosen == ["maker/new-model"]


def test_space_stars_in_the_list_and_types_in_the_search(palette, qtbot):
    told = []
    palette.favourites_changed.connect(told.append)
    view(palette).setFocus()
    qtbot.keyClick(view(palette), Qt.Key.Key_Space)
    assert told == [("b/eye",)]
    qtbot.keyClick(view(palette), Qt.Key.Key_Space)
    assert told == [("b/eye",), ()]
    search(palette).setFocus()
    qtbot.keyClicks(search(palette), "a b")
    assert len(told) == 2


def test_a_letter_in_the_list_goes_to_the_search(palette, qtbot):
    view(palette).setFocus()
    qtbot.keyClick(view(palette), Qt.Key.Key_S)
    assert search(palette).text() == "s"
    qtbot.waitUntil(search(palette).hasFocus)


def test_escape_closes_without_a_choice(palette, qtbot):
    chosen = []
    palette.chosen.connect(chosen.append)
    qtbot.keyClick(search(palette), Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert chosen == []


def test_chips_filter_and_the_sort_box_orders(palette):
    chips = {chip.text(): chip for chip in palette.findChildren(QPushButton)}
    chips["Images"].click()
    assert names(palette) == ["[All models]", "Eye"]
    chips["Images"].click()
    box = palette.findChild(QComboBox)
    box.setCurrentIndex(box.findText("Input price"))
    assert names(palette) == ["[Recent]", "Small", "[All models]", "Eye", "Big"]


def test_the_star_can_be_pressed_with_the_mouse(palette, qtbot):
    told = []
    palette.favourites_changed.connect(told.append)
    listed = view(palette)
    index = listed.model().index(3)
    place = listed.itemDelegate().star_place(listed.visualRect(index))
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert told == [("a/big",)]
    assert palette.isVisible()


def test_a_click_on_a_row_chooses_it(palette, qtbot):
    chosen = []
    palette.chosen.connect(chosen.append)
    listed = view(palette)
    place = listed.visualRect(listed.model().index(3))
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert chosen == ["a/big"]
