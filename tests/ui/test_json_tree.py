"""A JSON answer as a tree."""

from novita_desktop.ui.widgets.json_tree import MAX_CHILDREN, JsonTree


def test_branches_are_filled_when_they_are_opened(qtbot):
    tree = JsonTree()
    qtbot.addWidget(tree)
    tree.set_value({"name": "Ada", "tags": ["a", "b"], "none": None})
    texts = [
        (tree.topLevelItem(n).text(0), tree.topLevelItem(n).text(1))
        for n in range(tree.topLevelItemCount())
    ]
    assert [name for name, _ in texts] == ["name", "tags", "none"]
    assert (texts[0][1], texts[2][1]) == ("Ada", "null")
    tags = tree.topLevelItem(1)
    assert tags.childCount() == 0
    tree.expandItem(tags)
    assert [tags.child(n).text(1) for n in range(tags.childCount())] == ["a", "b"]


def test_an_endless_list_is_cut_with_a_count(qtbot):
    tree = JsonTree()
    qtbot.addWidget(tree)
    tree.set_value(list(range(MAX_CHILDREN + 5)))
    assert tree.topLevelItemCount() == MAX_CHILDREN + 1
    assert "5" in tree.topLevelItem(MAX_CHILDREN).text(0)
