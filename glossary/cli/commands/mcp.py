"""`glossary mcp`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.cli.io import add_base, open_base
from glossary.errors import MissingPart

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_base(parser)


def run(options: argparse.Namespace) -> int:
    """Serve tools for language models on standard input and output, until the input ends."""
    try:
        from glossary.integrations.mcp import make_server
    except ImportError as error:
        raise MissingPart(f"glossary mcp needs another package ({error}): pip install 'zh-en-glossary[mcp]'") from None
    make_server(open_base(options)).run()
    return 0
