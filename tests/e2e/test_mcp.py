"""`hoibao serve --mcp` as the programs that start it see it, through the protocol's own client."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import ClientSession
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client

from tests.conftest import ROOT
from tests.e2e.browser import LIMIT, STRACE, TOKEN, answers, free_port, left_the_machine

pytestmark = pytest.mark.model


def run_beside(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Runs it in a thread of its own: Playwright's event loop may hold the main one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(main())).result()


async def _use(read: Any, write: Any) -> None:
    async with ClientSession(read, write) as session:
        await session.initialize()
        tools = (await session.list_tools()).tools
        assert {tool.name for tool in tools} == {"search", "find", "ask", "read_article"}
        assert all(tool.annotations.read_only_hint for tool in tools)
        called = await session.call_tool("ask", {"question": "Cầu An Hòa dài bao nhiêu mét?"})
        citation = called.structured_content["citations"][0]
        assert "486" in called.structured_content["answer"]
        read_ = await session.call_tool("read_article", {"article_id": citation["article_id"]})
        body = read_.structured_content["body"]
        assert body[citation["start"] : citation["end"]] == citation["quote"]
        found = await session.call_tool("search", {"query": "cầu An Hòa", "limit": 2})
        assert len(found.structured_content["results"]) == 2
        exact = await session.call_tool("find", {"query": '"cầu an hòa" title:cau'})
        (place, *_) = exact.structured_content["results"][0]["places"]
        assert body[place["start"] : place["end"]] == place["quote"] == "cầu An Hòa"
        unusable = await session.call_tool("find", {"query": "cầu ("})
        assert unusable.is_error and "column 6 of the query" in unusable.content[0].text
        wrong = await session.call_tool("read_article", {"article_id": "nope"})
        assert wrong.is_error and "hoibao list shows the ids" in wrong.content[0].text
        empty = await session.call_tool("ask", {"question": " "})
        assert empty.is_error and "the question is empty" in empty.content[0].text


def test_a_program_starts_it_and_nothing_leaves_the_machine(
    environment: dict[str, str], tmp_path: Path
) -> None:
    trace = tmp_path / "sockets.txt"
    command = [*STRACE, str(trace), sys.executable, "-m", "ui.cli", "serve", "--mcp"]

    async def run() -> None:
        server = StdioServerParameters(
            command=command[0], args=command[1:], env=environment, cwd=str(ROOT)
        )
        async with stdio_client(server) as (read, write):
            await _use(read, write)

    run_beside(run)
    assert left_the_machine(trace) == []


def test_it_is_offered_over_http(environment: dict[str, str]) -> None:
    port = free_port()
    command = [sys.executable, "-m", "ui.cli", "serve", "--mcp", "http", "--port", str(port)]
    environment = {**environment, "HOIBAO_TOKEN": TOKEN}
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE)

    async def run() -> None:
        answers(f"http://127.0.0.1:{port}/mcp", process)
        async with (
            httpx2.AsyncClient(
                headers={"Authorization": f"Bearer {TOKEN}"}, timeout=LIMIT
            ) as client,
            streamable_http_client(f"http://127.0.0.1:{port}/mcp", http_client=client) as streams,
        ):
            await _use(streams[0], streams[1])
        taken = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
        assert taken.returncode == 2 and f"port {port} on 127.0.0.1 is taken" in taken.stderr
        assert "Traceback" not in taken.stderr

    try:
        run_beside(run)
    finally:
        process.terminate()
        process.wait(LIMIT / 1000)
