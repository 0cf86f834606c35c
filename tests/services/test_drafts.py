"""Drafts survive the end of the program."""

from __future__ import annotations

import asyncio
from pathlib import Path

from novita_desktop.demo import DemoHost
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import Image
from tests.services.stage import open_stage


def test_a_draft_comes_back_as_it_was(tmp_path: Path, host: DemoHost) -> None:
    form = PromptForm(
        "a/b",
        message="Hello {{ name }} \U0001f600",
        inputs={"temperature": "{{ t }}", "stop": "a\nb"},
        values={"name": "Ann"},
        images=(Image("image/png", "aGk="),),
    )

    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            assert await stage.workspace.drafts.load("prompt") is None
            await stage.workspace.drafts.save("prompt", form)
        async with open_stage(tmp_path, host) as stage:
            assert await stage.workspace.drafts.load("prompt") == form

    asyncio.run(journey())
