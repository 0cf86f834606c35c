"""Answers `POST /chat/completions`, whole or as a stream.

Source: novita/api.md section 2.
"""

import asyncio
from dataclasses import dataclass, replace

import msgspec
from aiohttp import web

from novita_desktop.demo.account import DemoAccount
from novita_desktop.demo.catalogue import ModelList, Row
from novita_desktop.demo.chat_request import (
    ChatRequest,
    check_abilities,
    check_context,
    count_prompt_tokens,
    decode_body,
    parse_request,
)
from novita_desktop.demo.chat_stream import ChatStream
from novita_desktop.demo.completion import Completion, PromptCache, compose
from novita_desktop.demo.errors import JSON, Refusal, error, refuse
from novita_desktop.demo.pace import PaceChoice
from novita_desktop.demo.request_log import LogEntry, RequestLog
from novita_desktop.demo.scenarios import Scenario, parse_scenario
from novita_desktop.demo.stage import Stage
from novita_desktop.demo.wire import send_body


class _Named(msgspec.Struct):
    """The part of a body that names its model and says whether to stream."""

    model: str = ""
    stream: bool | None = False


def named_model(body: bytes) -> str:
    """Return the model that a request body names; empty when it names none."""
    try:
        return msgspec.json.decode(body, type=_Named).model
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""


def is_streamed(body: bytes) -> bool:
    """Whether a request body asks for a stream."""
    try:
        return msgspec.json.decode(body, type=_Named).stream is True
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


@dataclass(frozen=True, slots=True)
class ChatEndpoint:
    """Checks a chat request as Novita does, and answers it at the scenario's pace."""

    models: ModelList
    account: DemoAccount
    stage: Stage
    log: RequestLog
    pace_choice: PaceChoice
    cache: PromptCache

    def demo_scenario(self, model: str, body: bytes) -> Scenario | None:
        """Return what the demo model `model` lives through; None for a real model."""
        text = self.models.scenario_text(model)
        return None if text is None else self.stage.counted(parse_scenario(text), body)

    async def answer(
        self, request: web.BaseRequest, entry: LogEntry, scenario: Scenario
    ) -> web.StreamResponse:
        """Answer one request, and charge what was made of its answer.

        Raises:
            Refusal: the request is one that Novita refuses.
            ConnectionBroken: the scenario ended the connection.
        """
        chat = parse_request(decode_body(entry.body))
        row = self._checked_row(chat, scenario)
        completion = compose(chat, row, scenario, self.cache)
        try:
            if chat.stream:
                return await self._stream(request, entry, scenario, chat, completion)
            return await self._whole(request, entry, scenario, completion)
        finally:
            # The host bills what was generated, also when the client has hung up.
            self.account.charge(
                row, completion.prompt_tokens, completion.cached_tokens, entry.tokens_sent
            )

    def _checked_row(self, chat: ChatRequest, scenario: Scenario) -> Row:
        row = self.models.served_row(chat.model)
        if row is None:
            raise refuse("model-not-found")
        check_abilities(chat, row)
        check_context(count_prompt_tokens(chat), row)
        self.account.check_balance()
        self.stage.check_rate(chat.model, scenario)
        return row

    async def _stream(
        self,
        request: web.BaseRequest,
        entry: LogEntry,
        scenario: Scenario,
        chat: ChatRequest,
        completion: Completion,
    ) -> web.StreamResponse:
        stream = ChatStream(
            request,
            entry,
            self.log,
            self.stage,
            scenario,
            completion,
            self.pace_choice.pace(scenario),
            chat.include_usage,
        )
        return await stream.send()

    async def _whole(
        self,
        request: web.BaseRequest,
        entry: LogEntry,
        scenario: Scenario,
        completion: Completion,
    ) -> web.StreamResponse:
        pace = self.pace_choice.pace(scenario)
        loop = asyncio.get_running_loop()
        start = loop.time()
        try:
            seconds = pace.due(completion.tokens)
            if seconds > 0:
                await asyncio.sleep(seconds)
        finally:
            entry.tokens_sent = pace.made_after(loop.time() - start, completion.tokens)
        if scenario.hang_after is not None:
            await asyncio.Event().wait()
        if scenario.error_after is not None:
            raise Refusal(scenario.reply(completion.model) or error("server-error"))
        body = whole_body(completion, scenario)
        half = len(body) // 2
        if scenario.end_after is not None or scenario.malformed_after is not None:
            body = body[:half]
        if scenario.break_after is not None:
            scenario = replace(scenario, break_at=half)
        return await send_body(request, body, JSON, scenario)


def whole_body(completion: Completion, scenario: Scenario) -> bytes:
    """Return the body of an answer that is not streamed."""
    message: dict[str, object] = {"role": "assistant", "content": "".join(completion.content)}
    if completion.reasoning:
        message[scenario.reasoning_field] = "".join(completion.reasoning)
    if completion.tool_calls:
        message["tool_calls"] = [
            {
                "index": index,
                "id": call.id,
                "type": "function",
                "function": {"name": call.name, "arguments": call.arguments},
            }
            for index, call in enumerate(completion.tool_calls)
        ]
    finish = None if scenario.no_finish else completion.finish_reason
    answer: dict[str, object] = {
        "id": completion.id,
        "object": "chat.completion",
        "created": completion.created,
        "model": completion.model,
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "system_fingerprint": "",
    }
    if scenario.usage != "missing":
        answer["usage"] = None if scenario.usage == "null" else completion.usage()
    return msgspec.json.encode(answer)
