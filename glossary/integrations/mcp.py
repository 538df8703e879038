"""The glossary as tools for language models, over the Model Context Protocol (`glossary mcp`, on standard streams).

Everything here only reads. What a tool cannot do is answered as an error that the model can read.
"""

from __future__ import annotations

from functools import wraps
from io import BytesIO
from typing import TYPE_CHECKING, Annotated, Any, Literal

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

import glossary as library
from glossary.errors import GlossaryError
from glossary.model import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary.desk import Glossary

MOST_HITS = 50
MOST_TEXT = 50_000  # code points; more than a model reads with attention
INSTRUCTIONS = (
    "A curated Chinese–English term base: surveillance, policing, biometrics and AI, education technology, data "
    "protection, human rights. Look terms up before translating them; the first rendering is preferred, deprecated "
    "ones are not to be used. Offsets are code points, end exclusive. Cite entries by their id."
)
Text = Annotated[str, Field(description="the text", max_length=MOST_TEXT)]
READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


def make_server(glossary: Glossary) -> MCPServer:
    """A server over a glossary; `run()` answers on standard input and output until that is closed."""
    server = MCPServer(
        "glossary", title="Chinese–English Glossary", instructions=INSTRUCTIONS, version=library.__version__
    )
    for tool in tools(glossary):
        server.add_tool(_said(tool), annotations=READS)
    return server


def _said(tool: Callable[..., Any]) -> Callable[..., Any]:
    """The tool with our errors in the form that a model gets to read."""

    @wraps(tool)
    def call(*args: Any, **named: Any) -> Any:
        try:
            return tool(*args, **named)
        except GlossaryError as error:
            raise ToolError(str(error)) from None

    return call


def tools(glossary: Glossary) -> list[Callable[..., Any]]:
    """The tools; their names, signatures and docstrings are what a model sees."""

    def look_up(
        query: Annotated[
            str, Field(description="Chinese, pinyin, initials (qxsb) or English; domain:policing and the like")
        ],
        limit: Annotated[int, Field(ge=1, le=MOST_HITS, description="how many at most")] = 8,
    ) -> dict[str, Any]:
        """Find terms by Chinese characters, pinyin or English: renderings, why each was found, what was meant."""
        return glossary.lookup(query, limit).to_dict()

    def entry(id: Annotated[str, Field(description="the id of a concept, as look_up gives it")]) -> dict[str, Any]:
        """One entry, whole: every term with its status and sources, definition, notes, relations."""
        found = glossary[id]
        related = [
            {"type": kind, "inverse": inverse, "id": other.id, "label": other.label, "note": note}
            for kind, inverse, other, note in glossary.related(found.id)
        ]
        return {**plain(found), "related": related}

    def annotate(
        text: Text, nested: Annotated[bool, Field(description="terms inside longer terms too")] = False
    ) -> dict[str, Any]:
        """Mark the terms of a text: where each stands, its preferred rendering, its reading, its concept."""
        return glossary.annotate(text, every=nested).to_dict()

    def check(
        zh: Annotated[str, Field(description="the Chinese source", max_length=MOST_TEXT)],
        en: Annotated[str, Field(description="its English translation", max_length=MOST_TEXT)],
    ) -> dict[str, Any]:
        """Hold an English translation against its Chinese source: terms missing, forbidden or inconsistent."""
        return glossary.check(zh, en).to_dict()

    def prompt_glossary(
        text: Text,
        direction: Annotated[
            Literal["zh-en", "en-zh"], Field(description="which way the text is translated")
        ] = "zh-en",
        limit: Annotated[int, Field(ge=200, le=50_000, description="code points at most")] = 8000,
    ) -> str:
        """A short glossary of the terms that stand in a text, to translate it by; one term a line."""
        file = BytesIO()
        options = {"direction": direction, "limit": str(limit)}
        report = glossary.export(
            "prompt", file, text=text, script="both" if direction == "en-zh" else "hans", options=options
        )
        return file.getvalue().decode() if report.concepts else "No term of the glossary stands in this text."

    def queries(
        concepts: Annotated[
            list[str], Field(description="ids or terms, of which any will do", min_length=1, max_length=20)
        ],
        engines: Annotated[
            str, Field(description="divided by commas: cnki, wanfang, baidu, google-scholar …; all")
        ] = "cnki",
        narrower: Annotated[bool, Field(description="narrower concepts too")] = False,
        english: Annotated[bool, Field(description="English renderings too")] = False,
    ) -> list[dict[str, Any]]:
        """Search strings and links for Chinese search engines and databases: all synonyms, each engine's syntax."""
        found = glossary.query(concepts, engines, narrower=narrower, english=english)
        return [query.to_dict() for query in found]

    return [look_up, entry, annotate, check, prompt_glossary, queries]
