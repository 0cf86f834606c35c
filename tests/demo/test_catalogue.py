"""The catalogue as the host serves it."""

import json

import httpx
import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.demo.catalogue import ModelList, models_file, read_rows, words
from novita_desktop.demo.demo_models import DEMO_MODELS
from novita_desktop.demo.scenarios import parse_scenario

SHIPPED = read_rows(models_file())


@pytest.mark.parametrize("base", ["/openai/v1", "/openai", "/v3/openai", "/v3/openai/v1"])
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
def test_the_catalogue_is_public_under_every_base(host, base: str, headers: dict) -> None:
    response = httpx.get(f"{host.origin}{base}/models", headers=headers)
    rows = response.json()["data"]
    assert response.json().keys() == {"data"}
    assert rows[: len(SHIPPED)] == SHIPPED
    assert [row["id"] for row in rows[len(SHIPPED) :]] == [model.id for model in DEMO_MODELS]


@pytest.mark.parametrize("row", SHIPPED[::9], ids=lambda row: row["id"])
def test_one_model_is_found_by_its_unescaped_id(host, row: dict) -> None:
    assert httpx.get(f"{host.base_url}/models/{row['id']}").json() == row


def test_an_escaped_slash_is_a_slash(host) -> None:
    response = httpx.get(f"{host.base_url}/models/deepseek%2Fdeepseek-v3.2")
    assert response.json()["id"] == "deepseek/deepseek-v3.2"


def test_an_unknown_model_is_a_404_with_a_reason(host) -> None:
    response = httpx.get(f"{host.base_url}/models/no/such/model")
    assert response.status_code == 404
    assert response.json()["reason"] == "MODEL_NOT_FOUND"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/openai/v1/nothing"),
        ("POST", "/openai/v1/models"),
        ("GET", "/openai/v1/chat/completions"),
        ("POST", "/v3/openai/responses"),
        ("POST", "/openapi/v1/billing/balance/detail"),
    ],
)
def test_a_missing_route_is_plain_text(host, method: str, path: str) -> None:
    response = httpx.request(method, f"{host.origin}{path}")
    assert response.status_code == 404
    assert response.text == "404 page not found\n"
    assert response.headers["content-type"].startswith("text/plain")


def test_another_catalogue_can_be_served(tmp_path) -> None:
    file = tmp_path / "models.json"
    file.write_text(json.dumps([{"id": "one/model", "context_size": 10}]))
    with DemoThread(models=file) as host:
        rows = httpx.get(f"{host.base_url}/models").json()["data"]
    assert rows[0]["id"] == "one/model"


@pytest.mark.parametrize("content", ['{"data": 1}', '[{"id": 1}]', "[1]", "{", ""])
def test_a_file_that_is_no_catalogue_is_refused(tmp_path, content: str) -> None:
    file = tmp_path / "models.json"
    file.write_text(content)
    with pytest.raises(ValueError, match=r"."), DemoThread(models=file):
        pass


def test_the_demo_models_are_rows_like_the_others() -> None:
    demo = ModelList([]).row(DEMO_MODELS[0].id)
    assert demo is not None
    assert demo.keys() <= {key for row in SHIPPED for key in row}
    assert demo["display_name"] == "Demo: busy twice, then answers"
    assert words(demo, "missing") == ()


@pytest.mark.parametrize("model", DEMO_MODELS, ids=lambda model: model.slug)
def test_every_demo_model_has_a_scenario_that_is_known(model) -> None:
    parse_scenario(model.scenario)


def test_the_demo_models_can_be_left_out() -> None:
    models = ModelList(SHIPPED, with_demo_models=False)
    assert models.row(DEMO_MODELS[0].id) is None
    assert models.scenario_text(DEMO_MODELS[0].id) is None
    assert models.ids == [row["id"] for row in SHIPPED]
