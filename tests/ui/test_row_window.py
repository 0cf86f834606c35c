"""A window on a long list behaves as the list itself, as far as it is in memory."""

from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.ui.tables.row_window import RowWindow


def window_on(keys):
    window = RowWindow(int)
    window.length = len(keys)
    window.put(0, keys)
    return window


steps = st.lists(st.tuples(st.sampled_from(["insert", "remove"]), st.integers(0, 30)), max_size=12)


@given(st.sets(st.integers(0, 99), max_size=20), steps)
def test_it_holds_what_a_list_would(keys, taken):
    rows = sorted(keys, reverse=True)
    window, next_key = window_on(rows), 1_000
    for kind, number in taken:
        if kind == "insert":
            place = min(number, len(rows))
            rows.insert(place, next_key)
            window.insert(place, next_key)
            next_key += 1
        elif rows:
            place = min(number, len(rows) - 1)
            del rows[place]
            window.remove(place)
    assert window.length == window.loaded_count() == len(rows)
    assert list(window.loaded()) == [window.at(row) for row in range(len(rows))] == rows
    assert [window.row_of(key) for key in rows] == list(range(len(rows)))
    assert window.at(len(rows)) is None
    assert window.row_of(-5) == -1


@given(st.sets(st.integers(0, 99)), st.integers(0, 99))
def test_a_key_belongs_between_its_neighbours(keys, key):
    rows = sorted(keys, reverse=True)
    place = window_on(rows).place_for(key)
    assert all(above > key for above in rows[:place])
    assert all(below <= key for below in rows[place:])


def test_rows_far_away_are_forgotten_and_can_come_back():
    window = window_on(list(range(99, -1, -1)))
    assert window.keep_near(90, 80) == ()
    forgotten = window.keep_near(90, 20)
    assert set(forgotten) == {99 - row for row in range(80)}
    assert window.at(79) is None
    assert window.at(80) == 19
    assert window.row_of(99) == -1
    window.put(0, [99, 98])
    assert window.row_of(98) == 1
    assert window.keep_near(0, 50) == ()


def test_rows_below_move_with_what_is_not_in_memory():
    window = RowWindow(int)
    window.length = 1_000
    window.put(500, [7])
    window.insert(0, 8)
    window.remove(900)
    assert window.row_of(7) == 501
    assert window.length == 1_000
