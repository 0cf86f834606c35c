"""The `/demo/...` endpoints, with which programs outside this process direct the demo host.

They need the host's own key, and refuse whatever a web page sends.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

import msgspec
from aiohttp import web

from novita_desktop.demo.account import DemoAccount, bearer_key, same_text
from novita_desktop.demo.request_log import RequestLog
from novita_desktop.demo.scenarios import NAMES, PARAMETERS, ScenarioUnknown, parse_scenario
from novita_desktop.demo.stage import Stage

CONTROL_PREFIX: Final = "/demo/"


class ControlRefused(Exception):
    """A control request says something that cannot be done; the text says what."""


@dataclass(frozen=True, slots=True)
class ControlEndpoints:
    """Scripts scenarios, releases gates, shows and clears the request log."""

    account: DemoAccount
    stage: Stage
    log: RequestLog
    reset: Callable[[], None]

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """Answer one control request with JSON."""
        key = bearer_key(request.headers.get("Authorization", ""))
        if "Origin" in request.headers or not same_text(key, self.account.key):
            text = "Control endpoints need the demo host's own key, and take no web page's word."
            return _reply({"error": text}, 403)
        body = await request.content.read()
        try:
            return _reply(self._done(request, body))
        except (ControlRefused, ScenarioUnknown) as problem:
            return _reply({"error": str(problem)}, 400)

    def _done(self, request: web.BaseRequest, body: bytes) -> object:
        action = request.path.removeprefix(CONTROL_PREFIX)
        match request.method, action.split("/", 1):
            case "GET", ["scenarios"]:
                return {"names": NAMES, "parameters": PARAMETERS}
            case "GET", ["log"]:
                return self._log_page(request.query)
            case "GET", ["state"]:
                return self._state()
            case "POST", ["scenario"]:
                self._script(body)
                return self._state()
            case "POST", ["settings"]:
                self._set(_decoded(body))
                return self._state()
            case "POST", ["reset"]:
                self.reset()
                return self._state()
            case "POST", ["gate", name]:
                self.stage.open_gate(name)
                return self._state()
            case "DELETE", ["gate", name]:
                self.stage.close_gate(name)
                return self._state()
        raise ControlRefused(f"There is no {request.method} /demo/{action}.")

    def _script(self, body: bytes) -> None:
        """Take a scenario as plain text, one a line, or `{"queue": [...], "default": ...}`."""
        if not body.lstrip().startswith(b"{"):
            self.stage.script([line for line in body.decode().splitlines() if line.strip()])
            return
        fields = _decoded(body)
        queue = fields.get("queue", [])
        if not isinstance(queue, list) or not all(isinstance(entry, str) for entry in queue):
            raise ControlRefused("queue must be a list of scenarios.")
        self.stage.script(queue)
        if "default" in fields:
            default = fields["default"]
            self.stage.default = parse_scenario(default) if isinstance(default, str) else None

    def _set(self, fields: Mapping[str, object]) -> None:
        if "balance_usd" in fields:
            try:
                self.account.set_balance(Decimal(str(fields["balance_usd"])))
            except InvalidOperation:
                raise ControlRefused("balance_usd must be an amount.") from None
        if "requests_per_window" in fields:
            limit = fields["requests_per_window"]
            self.stage.requests_per_window = limit if isinstance(limit, int) else None
        seconds = fields.get("window_seconds")
        if isinstance(seconds, int | float):
            self.stage.window_seconds = float(seconds)

    def _log_page(self, query: Mapping[str, str]) -> object:
        after = query.get("after", "0")
        entries = self.log.entries(
            query.get("path", ""),
            query.get("model", ""),
            int(after) if after.isdecimal() else 0,
        )
        return {
            "total": self.log.total,
            "counts": dict(self.log.counts),
            "entries": [entry.as_json() for entry in entries],
        }

    def _state(self) -> object:
        default = self.stage.default
        return {
            "queue": self.stage.waiting,
            "default": None if default is None else default.name,
            "held": [entry.held_at for entry in self.log.entries() if entry.held_at],
            "balance_units": self.account.balance_units,
            "requests_per_window": self.stage.requests_per_window,
            "total": self.log.total,
        }


def _decoded(body: bytes) -> Mapping[str, object]:
    try:
        decoded: object = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise ControlRefused("The body must be JSON.") from None
    if not isinstance(decoded, dict):
        raise ControlRefused("The body must be a JSON object.")
    return decoded


def _reply(content: object, status: int = 200) -> web.Response:
    return web.Response(
        status=status, body=msgspec.json.encode(content), content_type="application/json"
    )
