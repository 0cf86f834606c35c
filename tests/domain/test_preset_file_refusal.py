"""A refusal says in a log what it is about, and never what the file holds."""

from novita_desktop.domain.preset_file_refusal import PresetFileRefused


def test_a_refusal_names_problem_and_place() -> None:
    error = PresetFileRefused("bad_value", place="presets/1/name", given="secret")
    assert str(error) == "bad_value presets/1/name"
