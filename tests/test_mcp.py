"""`glossary mcp`, started as a program and asked by the official client library."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from conftest import ROOT
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from glossary.integrations.mcp import MOST_TEXT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from glossary import Glossary

TEXT = "课堂上的情绪识别系统记录学生的微表情。"
EN = "The mood detection system in the classroom records pupils."


def talk(what: Callable[[Client], Awaitable[Any]]) -> Any:
    """Start the server, talk with it, let it end."""
    found: list[Any] = []
    place = StdioServerParameters(command=sys.executable, args=["-m", "glossary", "mcp"], cwd=ROOT, env=dict(os.environ))

    async def session() -> None:
        with anyio.fail_after(120):
            async with Client(stdio_client(place)) as client:
                found.append(await what(client))

    anyio.run(session)
    return found[0]


def test_tools_answer_as_the_library_does(bundled: Glossary) -> None:
    async def what(client: Client) -> dict[str, Any]:
        listed = await client.list_tools()
        calls: dict[str, dict[str, Any]] = {
            "look_up": {"query": "qxsb", "limit": 3},
            "entry": {"id": "anqz0"},
            "annotate": {"text": TEXT, "nested": True},
            "check": {"zh": TEXT, "en": EN},
            "prompt_glossary": {"text": TEXT},
            "queries": {"concepts": ["情绪识别"], "engines": "cnki,baidu"},
        }
        answers = {name: await client.call_tool(name, arguments) for name, arguments in calls.items()}
        assert {tool.name for tool in listed.tools} == answers.keys()
        for tool in listed.tools:
            assert tool.description
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint
            for name, schema in tool.input_schema["properties"].items():
                assert schema["description"], f"{tool.name} {name}"
        return answers

    answers = talk(what)
    assert not any(a.is_error for a in answers.values())
    assert answers["look_up"].structured_content == bundled.lookup("qxsb", 3).to_dict()
    assert json.loads(answers["look_up"].content[0].text)["hits"][0]["zh"] == "情绪识别"
    entry = answers["entry"].structured_content
    assert entry["zh"][0]["text"] == "情绪识别"
    assert {r["id"] for r in entry["related"]} == {c.id for _, _, c, _ in bundled.related("anqz0")}
    assert answers["annotate"].structured_content == bundled.annotate(TEXT, every=True).to_dict()
    assert answers["check"].structured_content == bundled.check(TEXT, EN).to_dict()
    prompt = answers["prompt_glossary"].content[0].text
    assert "微表情 = micro-expression" in prompt
    assert "雪亮工程" not in prompt
    found = answers["queries"].structured_content["result"]
    assert [q["string"] for q in found] == [q.to_dict()["string"] for q in bundled.query(["情绪识别"], ["cnki", "baidu"])]


@pytest.mark.parametrize(("tool", "arguments", "said"), [
    ("entry", {"id": "zzzzz"}, "there is no concept 'zzzzz'"),
    ("queries", {"concepts": ["情绪识别"], "engines": "nowhere"}, "nowhere"),
    ("look_up", {"query": "a", "limit": 1000}, "limit"),
    ("annotate", {"text": "情" * (MOST_TEXT + 1)}, "text"),
    ("annotate", {}, "text"),
])
def test_what_cannot_be_is_said_to_the_model(tool: str, arguments: dict[str, Any], said: str) -> None:
    answer = talk(lambda client: client.call_tool(tool, arguments))
    assert answer.is_error
    assert said in answer.content[0].text
    assert "Traceback" not in answer.content[0].text


def test_it_ends_with_its_input_and_says_what_is_missing() -> None:
    ended = subprocess.run([sys.executable, "-m", "glossary", "mcp"], input="", capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert ended.returncode == 0
    assert ended.stdout == ""
    without = ("import sys; sys.modules['mcp'] = None; from glossary.cli import main; sys.exit(main(['mcp']))")
    missing = subprocess.run([sys.executable, "-c", without], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert missing.returncode == 2
    assert "pip install 'zh-en-glossary[mcp]'" in missing.stderr
    assert "Traceback" not in missing.stderr
