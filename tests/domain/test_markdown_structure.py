"""Blocks are values: equal when they say the same, and never changed."""

from dataclasses import FrozenInstanceError

import pytest

from novita_desktop.domain.markdown_structure import Heading, Paragraph, Place


def test_blocks_are_equal_by_value_and_fixed():
    block = Paragraph(Place("l", "1."), "text")
    assert block == Paragraph(Place("l", "1."), "text")
    assert block != Paragraph(Place("l", "2."), "text")
    assert block != Heading(Place("l", "1."), 1, "text")
    with pytest.raises(FrozenInstanceError):
        block.text = "other"
