"""A file of presets, from the command line to the first answer, through assistive technology."""

from __future__ import annotations

from pathlib import Path

from novita_desktop.domain.preset_files import to_text
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.variable_fields import FieldKind, VariableField
from tests.e2e.conftest import StartProgram
from tests.e2e.steps import status_is

GREET = NewPreset(
    "Greet somebody",
    PromptForm(
        "meta-llama/llama-3.1-8b-instruct",
        message="Say hello to {{ person }}",
        values={"person": "Ann"},
        fields={"person": VariableField(FieldKind.LINE, "Whom to greet")},
    ),
)


def test_a_file_is_looked_at_added_and_run(start_program: StartProgram, tmp_path: Path) -> None:
    path = tmp_path / "team.novita.json"
    path.write_text(to_text([GREET]), encoding="utf-8")
    program = start_program("--demo", str(path))
    assert program.control(name="Presets to add", seconds=30).is_showing
    sent = program.control(name="The message that it sends")
    program.wait_for(lambda: sent.text == "Say hello to Ann", "what it would send")
    program.control(name="Add", role="push button").press()
    program.wait_for(
        lambda: any("Greet somebody" in each.text for each in program.controls(role="label")),
        "the notice that it was added",
    )
    search = program.control(name="Search presets")
    search.write("greet")
    search.focus()
    program.key("Return")
    program.wait_for(lambda: program.control(label="Whom to greet").is_showing, "its field")
    program.control(name="Run", role="push button").press()
    status_is(program, "Done")
    assert "Sample answer" in program.control(name="Answer").text
    assert program.close() == 0
