"""Runs the demo host by itself: `python -m novita_desktop.demo`."""

import argparse
import asyncio
import contextlib
import signal
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path

from novita_desktop.demo.host import DemoHost


def main(arguments: list[str] | None = None) -> int:
    """Serve until Ctrl+C or SIGTERM; return the exit code.

    One line on standard output tells the address and the key.
    """
    options = _parser().parse_args(arguments)
    try:
        asyncio.run(_serve(options))
    except KeyboardInterrupt:
        return 0
    except (OSError, ValueError) as problem:
        sys.stderr.write(f"The demo host cannot start: {problem}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="novita-desktop-demo",
        description="Serve a replica of Novita's API with sample answers on this computer.",
    )
    parser.add_argument(
        "--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)"
    )
    parser.add_argument("--key", help="a key to accept besides sk_demo... (default: made up)")
    parser.add_argument(
        "--speed", type=float, help="tokens a second, 0 = as fast as possible (default: 60 to 120)"
    )
    parser.add_argument(
        "--ttft-ms", type=float, help="milliseconds to the first word (default: 300 to 800)"
    )
    parser.add_argument("--models", type=Path, help="catalogue file to serve")
    parser.add_argument(
        "--balance", type=_amount, default=25, help="opening balance in USD (default: 25)"
    )
    return parser


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text!r} is not an amount") from None


async def _serve(options: argparse.Namespace) -> None:
    host = DemoHost(
        options.port,
        key=options.key,
        ttft_ms=options.ttft_ms,
        speed=options.speed,
        models=options.models,
        balance_usd=options.balance,
    )
    await host.start()
    end = asyncio.Event()
    # Windows' loops take no signal handlers; Ctrl+C ends `asyncio.run` there.
    with contextlib.suppress(NotImplementedError):
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, end.set)
    sys.stdout.write(f"Demo host on {host.base_url} (key: {host.key})\n")
    sys.stdout.flush()
    try:
        await end.wait()
    finally:
        await host.stop()


if __name__ == "__main__":
    sys.exit(main())
