"""Names for prompts that have none."""

from novita_desktop.domain.foreign_presets import own_name, title_of


def test_a_title_is_the_beginning_of_the_text() -> None:
    assert title_of("Translate\n{{ text }}") == "Translate …"
    long = title_of("word, " * 40)
    assert len(long) <= 61
    assert long.endswith("word…")
    assert title_of("{{" * 500_000)


def test_names_are_never_empty_nor_double() -> None:
    assert own_name(" a ", ("A",), "x") == "a 2"
    assert own_name("", (), "x") == "x"
    assert own_name("", (), "") == "Preset"
