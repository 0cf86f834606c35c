"""The demo host's HTTP server: checks the Host header, finds the endpoint, plays the scenario.

It uses the server library below its router: model ids contain slashes, and benchmarks ask for
little work per request.
"""

import asyncio
from dataclasses import dataclass
from typing import Final

import msgspec
from aiohttp import web

from novita_desktop.demo.account import DemoAccount
from novita_desktop.demo.catalogue import ModelList
from novita_desktop.demo.chat import ChatEndpoint, is_streamed, named_model
from novita_desktop.demo.control import CONTROL_PREFIX, ControlEndpoints
from novita_desktop.demo.errors import (
    CAPTIVE_PORTAL,
    HTML_TEXT,
    JSON,
    PLAIN_TEXT,
    ErrorReply,
    Refusal,
    refuse,
)
from novita_desktop.demo.request_log import LogEntry, RequestLog
from novita_desktop.demo.scenarios import PLAIN, Scenario, ScenarioUnknown
from novita_desktop.demo.stage import Stage
from novita_desktop.demo.wire import ConnectionBroken, close_connection, send_body

SCENARIO_HEADER: Final = "X-Demo-Scenario"
MOST_BODY_BYTES: Final = 32 * 1024 * 1024
BACKLOG: Final = 1024
LOCAL_NAMES: Final = frozenset({"127.0.0.1", "localhost"})
BASES: Final = ("/openai/v1", "/v3/openai/v1", "/v3/openai", "/openai")
BALANCE_PATH: Final = "/openapi/v1/billing/balance/detail"
NOT_HTTP: Final = b"\x16\x03\x01 this is no HTTP answer\r\n\r\n"


@dataclass(frozen=True, slots=True)
class DemoServer:
    """Serves every request of one demo host."""

    models: ModelList
    account: DemoAccount
    stage: Stage
    log: RequestLog
    chat: ChatEndpoint
    control: ControlEndpoints

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request, whatever it is."""
        if not is_local(request.headers.get("Host", "")):
            return web.Response(status=421, text="This host answers only to its loopback name.\n")
        path = request.path
        if path.startswith(CONTROL_PREFIX):
            return await self.control.answer(request)
        entry = self.log.open(request.method, path, request.headers)
        try:
            return await self._reply(request, entry, path)
        except ConnectionError:
            return web.Response()
        finally:
            self.log.close(entry, hung_up=has_hung_up(request) and not entry.broken)

    async def _reply(
        self, request: web.BaseRequest, entry: LogEntry, path: str
    ) -> web.StreamResponse:
        try:
            reply = await self._played(request, entry, path)
        except Refusal as refusal:
            reply = error_response(refusal.reply)
        except ScenarioUnknown as problem:
            reply = web.Response(status=400, text=f"{problem}\n")
        except ConnectionBroken:
            entry.broken = True
            return web.Response()
        entry.status = reply.status
        return reply

    async def _played(
        self, request: web.BaseRequest, entry: LogEntry, path: str
    ) -> web.StreamResponse:
        """Choose the scenario, play what it puts before an answer, and answer."""
        endpoint, rest = find_endpoint(request.method, path)
        if not endpoint:
            raise refuse("route-not-found")
        if request.can_read_body:
            entry.body = await read_body(request)
        header = request.headers.get(SCENARIO_HEADER)
        scenario = self.stage.choose(endpoint, header, entry.body)
        authorization = request.headers.get("Authorization", "")
        if endpoint == "chat":
            model = named_model(entry.body)
            self.log.count_model(entry, model)
            if scenario is None:
                self.account.check_key(authorization)
                scenario = self.chat.demo_scenario(model, entry.body)
        scenario = scenario or PLAIN
        entry.scenario = scenario.name
        if scenario is not PLAIN:
            early = await self._interlude(request, entry, scenario, endpoint)
            if early is not None:
                return early
        match endpoint:
            case "chat":
                self.account.check_key(authorization)
                return await self.chat.answer(request, entry, scenario)
            case "balance":
                self.account.check_key(authorization, billing=True)
                return await send_body(request, self.account.balance_page(), JSON, scenario)
            case _:
                return await send_body(request, self._models_page(rest), JSON, scenario)

    async def _interlude(
        self, request: web.BaseRequest, entry: LogEntry, scenario: Scenario, endpoint: str
    ) -> web.StreamResponse | None:
        """Play what comes instead of an answer; return None when the answer is still to come."""
        is_stream = endpoint == "chat" and is_streamed(entry.body)
        if scenario.gate and not is_stream:
            self.log.hold(entry, scenario.gate)
            await self.stage.pass_gate(scenario.gate)
            self.log.hold(entry, "")
        has_end = scenario.error or scenario.portal or scenario.redirect is not None
        if scenario.latency_ms and (has_end or endpoint != "chat"):
            await asyncio.sleep(scenario.latency_ms / 1000)
        if scenario.hang:
            await asyncio.Event().wait()
        if scenario.drop or scenario.garbage:
            if scenario.garbage and request.transport is not None:
                request.transport.write(NOT_HTTP)
            close_connection(request, reset=scenario.reset)
            raise ConnectionBroken
        if scenario.portal:
            return web.Response(body=CAPTIVE_PORTAL, headers={"Content-Type": HTML_TEXT})
        if scenario.redirect is not None:
            target = scenario.redirect or other_address(request)
            return web.Response(status=307, headers={"Location": target})
        reply = scenario.reply(entry.model)
        if reply is not None and scenario.error_after is None:
            raise Refusal(reply)
        return None

    def _models_page(self, rest: str) -> bytes:
        if rest == "/models":
            return self.models.page
        row = self.models.row(rest.removeprefix("/models/"))
        if row is None:
            raise refuse("model-not-found")
        return msgspec.json.encode(row)


def find_endpoint(method: str, path: str) -> tuple[str, str]:
    """Return the endpoint's name and the path after the base; empty names for no endpoint."""
    if path == BALANCE_PATH:
        return ("balance", path) if method == "GET" else ("", path)
    for base in BASES:
        if not path.startswith(base + "/"):
            continue
        rest = path[len(base) :]
        if rest == "/chat/completions" and method == "POST":
            return "chat", rest
        if method == "GET" and (rest == "/models" or rest.startswith("/models/")):
            return "models", rest
    return "", path


def is_local(host: str) -> bool:
    """Whether a Host header names the loopback address, so that no web page can pose as us."""
    name, _, port = host.partition(":")
    return name.lower() in LOCAL_NAMES and (not port or port.isdecimal())


def other_address(request: web.BaseRequest) -> str:
    """Return this host under its other name, which is another host to a careful client."""
    name, _, port = request.headers.get("Host", "").partition(":")
    other = "localhost" if name == "127.0.0.1" else "127.0.0.1"
    return f"http://{other}:{port}{request.path}"


def has_hung_up(request: web.BaseRequest) -> bool:
    """Whether the connection of `request` has ended."""
    transport = request.transport
    return transport is None or transport.is_closing()


async def read_body(request: web.BaseRequest) -> bytes:
    """Return the body of a request.

    Raises:
        Refusal: 413 when it is longer than the host takes.
    """
    length = request.content_length
    if length is not None:
        if length > MOST_BODY_BYTES:
            raise refuse("too-large")
        return await request.content.read()
    parts = bytearray()
    async for part in request.content.iter_any():
        parts += part
        if len(parts) > MOST_BODY_BYTES:
            raise refuse("too-large")
    return bytes(parts)


def error_response(reply: ErrorReply) -> web.Response:
    """Return the HTTP answer for an error."""
    body, content_type = reply.content()
    headers = {"Content-Type": content_type or PLAIN_TEXT}
    if reply.retry_after is not None:
        headers["Retry-After"] = reply.retry_after
    return web.Response(status=reply.status, body=body, headers=headers)
