"""The rows of the Models page: the same filter as the domain's, sorting, stars, prices."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, Qt

from novita_desktop.domain.catalogue import Ability, Model, ModelFilter, filtered
from novita_desktop.domain.costs import PriceBand, Prices, Usage, cost_of
from novita_desktop.ui import formatting
from novita_desktop.ui.tables.models_table import Column, ModelsTable, PlannedUse

FEATURES = ("structured-outputs", "function-calling", "reasoning")


def flat(inside, out):
    return Prices((PriceBand(0, inside, out),))


MODELS = (
    Model("a/cheap", "Beta", context_size=8_000, prices=flat(200, 500)),
    Model("b/dear", "alpha", context_size=200_000, prices=flat(20_000, 60_000)),
    Model("c/unknown", "Gamma"),
    Model("d/old", "Delta", prices=flat(100, 100), is_retired=True),
    Model("e/embedding", "Epsilon", model_type="embedding"),
)


@pytest.fixture(autouse=True)
def american_english():
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def table(qapp):
    table = ModelsTable()
    table.set_models(MODELS, ("b/dear",))
    return table


def ids(table):
    return [table.model_at(row).id for row in range(table.rowCount())]


def text(table, model_id, column):
    return table.index(table.row_of(model_id), column).data()


def test_the_table_keeps_qts_rules(table, qtmodeltester):
    qtmodeltester.check(table)
    table.set_filter(ModelFilter(words="a", with_retired=True))
    qtmodeltester.check(table)


@given(
    st.lists(
        st.builds(
            Model,
            id=st.sampled_from(["x/one", "y/two", "x/Three", "four"]),
            name=st.sampled_from(["One", "two three", "THREE"]),
            context_size=st.sampled_from([None, 8_000, 120_000]),
            prices=st.sampled_from([None, flat(100, 200), flat(9_000, 9_000)]),
            features=st.frozensets(st.sampled_from(FEATURES)),
            model_type=st.sampled_from(["chat", "embedding"]),
            is_retired=st.booleans(),
        ),
        unique_by=lambda model: model.id,
    ),
    st.builds(
        ModelFilter,
        words=st.sampled_from(["", "x", "T o", "three /", "zzz"]),
        abilities=st.frozensets(st.sampled_from(Ability), max_size=2),
        favourites_only=st.booleans(),
        chat_only=st.booleans(),
        with_retired=st.booleans(),
        max_input_price=st.sampled_from([None, 5_000]),
    ),
)
def test_the_filter_is_the_domains(models, wanted):
    table = ModelsTable()
    table.set_models(models, ("x/one", "four"))
    table.set_filter(wanted)
    expected = filtered(models, wanted, frozenset({"x/one", "four"}))
    assert set(ids(table)) == {model.id for model in expected}


def test_rows_are_ordered_by_name_whatever_its_case(table):
    assert ids(table) == ["b/dear", "a/cheap", "c/unknown"]


@pytest.mark.parametrize("column", [Column.CONTEXT, Column.INPUT, Column.OUTPUT, Column.COST])
def test_what_is_unknown_is_last_in_both_directions(table, column):
    table.sort(column, Qt.SortOrder.AscendingOrder)
    assert ids(table) == ["a/cheap", "b/dear", "c/unknown"]
    table.sort(column, Qt.SortOrder.DescendingOrder)
    assert ids(table) == ["b/dear", "a/cheap", "c/unknown"]


def test_starred_models_come_first_when_sorted_by_star(table):
    table.set_favourites(("c/unknown",))
    assert ids(table)[0] == "b/dear"  # nothing jumps under the pointer
    table.sort(Column.STAR, Qt.SortOrder.AscendingOrder)
    assert ids(table)[0] == "c/unknown"


def test_rows_cost_what_the_use_costs(table):
    table.set_use(PlannedUse(runs=50, prompt_tokens=10, answer_tokens=20))
    units = 50 * cost_of(Usage(10, 20), MODELS[0].prices)
    assert text(table, "a/cheap", Column.COST) == formatting.money(units)
    assert text(table, "c/unknown", Column.COST) == "unknown"
    title = table.headerData(Column.COST, Qt.Orientation.Horizontal)
    assert title == "50 runs"


def test_the_bar_is_relative_to_the_dearest_that_is_shown(table):
    assert table.share(table.row_at(table.row_of("b/dear"))) == 1
    assert 0 < table.share(table.row_at(table.row_of("a/cheap"))) < 0.1
    assert table.share(table.row_at(table.row_of("c/unknown"))) is None
    table.set_filter(ModelFilter(words="cheap"))
    assert table.share(table.row_at(0)) == 1


def test_another_use_orders_rows_by_their_new_cost(table):
    models = (
        Model("a", "A", prices=flat(100, 9_000)),
        Model("b", "B", prices=flat(9_000, 100)),
    )
    table.set_models(models, ())
    table.sort(Column.COST, Qt.SortOrder.AscendingOrder)
    table.set_use(PlannedUse(1, 1, 1_000))
    assert ids(table) == ["b", "a"]
    table.set_use(PlannedUse(1, 1_000, 1))
    assert ids(table) == ["a", "b"]


def test_cells_say_what_is_drawn(table):
    tiered = Model(
        "t/t", "Tiered", prices=Prices((PriceBand(0, 4_000, 24_000), PriceBand(9, 5_000, 30_000)))
    )
    table.set_models((tiered, MODELS[3]), ("t/t",))
    table.set_filter(ModelFilter(with_retired=True))
    assert text(table, "t/t", Column.INPUT) == "from $0.40"
    assert text(table, "t/t", Column.STAR) == "Favourite"
    assert text(table, "d/old", Column.MODEL) == "Delta\nd/old\nRetired"
    assert text(table, "d/old", Column.CONTEXT) == formatting.DASH


def test_ten_thousand_models_are_filtered_within_a_frame(qapp):
    models = [Model(f"maker{n % 40}/model-{n}", f"Model {n}", prices=MODELS[0].prices)
              for n in range(10_000)]  # fmt: skip
    table = ModelsTable()
    table.set_models(models, ())
    best = {}
    for words in ("m", "mo", "mod", "model-9", "model-99", "maker3 9"):
        times = []
        for _ in range(3):
            started = time.thread_time()
            table.set_filter(ModelFilter(words=words))
            times.append(time.thread_time() - started)
        best[words] = min(times) * 1000
    assert max(best.values()) <= 16, best
