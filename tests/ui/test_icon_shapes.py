"""The icons' sources: every shape takes a colour, the program's own icon keeps its own."""

from __future__ import annotations

from novita_desktop.ui import icon_shapes


def test_every_shape_is_drawn_in_the_colour_given():
    for name, source in icon_shapes.recoloured("#123456").items():
        assert b"#123456" in source, name
        assert b"currentColor" not in source, name


def test_only_the_wanted_shapes_are_coloured():
    assert list(icon_shapes.recoloured("#123456", ["star"])) == ["star.svg"]


def test_the_programs_icon_is_no_shape():
    assert "novita-desktop" not in icon_shapes.shapes()
