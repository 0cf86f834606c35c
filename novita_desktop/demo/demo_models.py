"""Models that exist only in the demo: each always plays one scenario, for people to try."""

from dataclasses import dataclass
from typing import Final

CREATED: Final = 1_790_000_000


@dataclass(frozen=True, slots=True)
class DemoModel:
    """One demo model: its id after `demo/`, its name, what it is for, and its scenario.

    The price is in 1/10000 USD per million tokens, as in the catalogue.
    """

    slug: str
    title: str
    about: str
    scenario: str
    features: tuple[str, ...] = ("serverless", "structured-outputs", "function-calling")
    price: int = 0

    @property
    def id(self) -> str:
        """The id used in requests."""
        return f"demo/{self.slug}"


DEMO_MODELS: Final = (
    DemoModel(
        "rate-limited-twice",
        "Demo: busy twice, then answers",
        "Refuses two tries with a rate limit, then answers.",
        "rate-limited; times=2; retry_after=2",
    ),
    DemoModel(
        "always-busy",
        "Demo: always busy",
        "Refuses every try with a rate limit.",
        "rate-limited",
    ),
    DemoModel(
        "three-a-minute",
        "Demo: three requests a minute",
        "Answers three requests a minute and refuses the others.",
        "limit; rpm=3",
    ),
    DemoModel(
        "unavailable-once",
        "Demo: fails once, then answers",
        "Has trouble on the first try and answers on the second.",
        "overloaded; times=1",
    ),
    DemoModel(
        "slow-start",
        "Demo: slow first word",
        "Thinks for eight seconds before the first word.",
        "slow-start",
        price=100,
    ),
    DemoModel(
        "slow-writer",
        "Demo: writes slowly",
        "Writes four tokens a second, so there is time to press Stop.",
        "slow-drip; ttft_ms=500",
        price=100,
    ),
    DemoModel(
        "long-answer",
        "Demo: very long answer",
        "Writes 20,000 tokens of headings, lists, tables and code.",
        "long; speed=300; ttft_ms=300",
        price=100,
    ),
    DemoModel(
        "breaks-off",
        "Demo: connection breaks off",
        "Loses the connection in the middle of its answer.",
        "broken; break_after=25",
        price=100,
    ),
    DemoModel(
        "only-thinks",
        "Demo: thinks, then says nothing",
        "Uses up its tokens by thinking and gives an empty answer.",
        "empty-answer",
        features=("serverless", "reasoning"),
        price=100,
    ),
    DemoModel(
        "refuses-json",
        "Demo: promises JSON, refuses it",
        "Lists structured outputs but refuses every JSON request.",
        "plain",
        price=100,
    ),
    DemoModel(
        "no-credit",
        "Demo: no credit left",
        "Answers as if the account were empty.",
        "no-balance",
        price=100,
    ),
    DemoModel(
        "no-access",
        "Demo: no access",
        "Answers as if this account may not use the model.",
        "no-access",
        price=100,
    ),
)

REFUSES_JSON: Final = "demo/refuses-json"

SCENARIO_OF_MODEL: Final = {model.id: model.scenario for model in DEMO_MODELS}


def demo_rows() -> list[dict[str, object]]:
    """Return the demo models as rows of the catalogue."""
    return [_row(model) for model in DEMO_MODELS]


def _row(model: DemoModel) -> dict[str, object]:
    price = {"price_per_m": model.price, "price_per_m_decimal": f"{model.price / 10_000:g}"}
    return {
        "id": model.id,
        "object": "model",
        "created": CREATED,
        "owned_by": "demo",
        "input_token_price_per_m": model.price,
        "output_token_price_per_m": model.price,
        "title": model.id,
        "display_name": model.title,
        "description": model.about,
        "context_size": 131_072,
        "max_output_tokens": 32_768,
        "status": 1,
        "model_type": "chat",
        "features": list(model.features),
        "endpoints": ["chat/completions"],
        "input_modalities": ["text"],
        "output_modalities": ["text"],
        "is_tiered_billing": False,
    } | ({"pricing": {"prompt": price, "completion": price}} if model.price else {})
