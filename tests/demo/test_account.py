"""Keys, the balance, and what runs cost."""

import httpx
import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.demo.account import cost_units

PATH = "/openapi/v1/billing/balance/detail"
CHAT = {
    "model": "deepseek/deepseek-v3.2",
    "messages": [{"role": "user", "content": "Hello"}],
}


def _balance(client: httpx.Client) -> dict[str, str]:
    return client.get(PATH).json()


def test_the_balance_is_told_in_texts_of_a_ten_thousandth_of_a_dollar(client) -> None:
    assert _balance(client) == {
        "availableBalance": "250000",
        "cashBalance": "250000",
        "creditLimit": "0",
        "outstandingInvoices": "0",
    }


@pytest.mark.parametrize(
    ("authorization", "status", "chat_reason", "billing_reason"),
    [
        ("", 403, "INVALID_API_KEY", "INVALID_API_KEY"),
        ("Bearer", 403, "INVALID_API_KEY", "INVALID_API_KEY"),
        ("Basic abc", 403, "INVALID_API_KEY", "INVALID_API_KEY"),
        ("Bearer sk_wrong", 401, "FAILED_TO_AUTH", "UNAUTHORIZED"),
    ],
)
def test_missing_and_wrong_keys(host, authorization, status, chat_reason, billing_reason) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    chat = httpx.post(f"{host.base_url}/chat/completions", json=CHAT, headers=headers)
    billing = httpx.get(host.origin + PATH, headers=headers)
    assert (chat.status_code, chat.json()["reason"]) == (status, chat_reason)
    assert (billing.status_code, billing.json()["reason"]) == (status, billing_reason)


@pytest.mark.parametrize("key", ["sk_demo", "sk_demo_anything", "my-own-key"])
def test_demo_keys_and_the_configured_key_are_taken(key: str) -> None:
    with DemoThread(speed=0, key="my-own-key") as host:
        headers = {"Authorization": f"Bearer {key}"}
        assert httpx.get(host.origin + PATH, headers=headers).status_code == 200


def test_the_balance_falls_by_the_price_of_each_run(client, ask, host) -> None:
    before = host.account.balance_units
    usage = ask(model="deepseek/deepseek-v3.2").json()["usage"]
    spent = before - host.account.balance_units
    assert spent == usage["prompt_tokens"] * 2690 + usage["completion_tokens"] * 4000
    assert int(_balance(client)["availableBalance"]) == (before - spent) // 1_000_000


def test_a_refused_run_costs_nothing(ask, host) -> None:
    before = host.account.balance_units
    ask(scenario="rate-limited")
    ask(scenario="server-error")
    ask(temperature=9)
    assert host.account.balance_units == before


def test_without_credit_even_free_models_are_refused(ask, host) -> None:
    host.account.set_balance(0)
    response = ask(model="demo/refuses-json")
    assert response.status_code == 403
    assert response.json()["reason"] == "NOT_ENOUGH_BALANCE"


def test_cached_tokens_cost_the_cache_price() -> None:
    row = {
        "input_token_price_per_m": 2690,
        "output_token_price_per_m": 4000,
        "pricing": {"input_cache_read": {"price_per_m": 1345}},
    }
    # The worked example of novita/api.md section 4.2: $0.002552 without rounding.
    assert cost_units(row, 10_000, 4_000, 1_000) == 25_520_000


@pytest.mark.parametrize(("prompt", "price"), [(1, 10), (99, 10), (100, 20), (1000, 20)])
def test_the_band_of_the_prompt_sets_the_price(prompt: int, price: int) -> None:
    bands = [
        {"min_tokens": 100, "max_tokens": 200, "pricing": {"prompt": {"price_per_m": 20}}},
        {"min_tokens": 1, "max_tokens": 100, "pricing": {"prompt": {"price_per_m": 10}}},
    ]
    row = {"input_token_price_per_m": 0, "tiered_billing_configs": bands}
    assert cost_units(row, prompt, 0, 0) == prompt * price
