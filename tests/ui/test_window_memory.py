"""What is kept of the window."""

from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.ui.main_window.window_memory import WindowMemory, from_text, to_text


@given(st.text(), st.text(), st.dictionaries(st.text(), st.text()))
def test_what_is_written_is_read(geometry, page, views):
    memory = WindowMemory(geometry, page, views)
    assert from_text(to_text(memory)) == memory


@given(
    st.text()
    | st.sampled_from(["[]", "3", "null", '{"views": [1], "page": 3}', '{"views": {"a": 1}}'])
)
def test_anything_else_stands_for_nothing_kept(text):
    memory = from_text(text)
    assert isinstance(memory, WindowMemory)
    assert all(isinstance(state, str) for state in memory.views.values())
