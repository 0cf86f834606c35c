"""Choosing a model and keeping its star, on a real workspace."""

import pytest

from tests.ui.prompt_stage import MODEL, prompt_stage


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with prompt_stage(qtbot, wait, theme, tmp_path) as stage:
        yield stage


def test_a_star_is_kept_and_taken_away(stage):
    stage.page.use_model(MODEL)
    stage.page.form.model_button.star_toggled.emit(MODEL)
    stage.until(lambda: MODEL in stage.context.state.settings.favourite_models)
    stage.page.form.model_button.star_toggled.emit(MODEL)
    stage.until(lambda: MODEL not in stage.context.state.settings.favourite_models)
