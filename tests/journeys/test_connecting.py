"""From the first start to the answer, and after a restart."""

from __future__ import annotations

from tests.journeys.scenes import QUESTION


def test_connect_and_find_all_again(play, host, tmp_path):
    play("connect_and_run", "--base-url", host.base_url, SCENE_KEY=host.key)
    assert [QUESTION in entry.body.decode() for entry in host.chats] == [True]
    said = play("find_again", "--base-url", host.base_url)
    assert said.split() == ["runs", "['succeeded']", *QUESTION.split()]
    kept = [path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert kept
    assert not any(host.key.encode() in content for content in kept)


def test_the_demo_keeps_what_is_typed(play, tmp_path):
    said = play("use_demo").splitlines()
    assert said == [f"demo folder {tmp_path / 'data' / 'demo'}", "runs 0"]


def test_settings_are_kept(play, host):
    play("settings_are_kept", "--base-url", host.base_url)
    play("settings_are_back", "--base-url", host.base_url)
