"""How fields are asked for, in words."""

from novita_desktop.domain.variable_fields import FieldKind, VariableField
from novita_desktop.ui.widgets.field_words import field_words, kind_words


def test_every_kind_has_words(qapp):
    assert set(kind_words()) == set(FieldKind)


def test_a_field_is_told_in_full(qapp):
    field = VariableField(
        FieldKind.CHOICE,
        "Tone",
        "How it sounds",
        "calm",
        is_required=False,
        choices=("calm", "dry"),
    )
    assert field_words(field) == (
        "Choice from a list · label “Tone” · hint “How it sounds” · if empty “calm”"
        " · may stay empty · choices: calm, dry"
    )
    assert field_words(VariableField()) == "Many lines"
