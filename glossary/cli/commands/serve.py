"""`glossary serve`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.cli.io import add_base, open_base
from glossary.errors import MissingPart

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default 127.0.0.1: this machine only)"
    )
    parser.add_argument("--port", type=int, default=8765, help="the port (default 8765)")
    parser.add_argument(
        "--processes", type=int, default=1, help="how many processes answer, one for each core to be used (default 1)"
    )
    add_base(parser)


def run(options: argparse.Namespace) -> int:
    """Serve the web app until it is interrupted."""
    try:
        from glossary_web.serve import (
            run as serve,
        )  # the library never imports the app, but its command starts it
    except ImportError as error:
        raise MissingPart(f"the web app is not installed ({error}); install the package whole") from None
    serve(options.host, options.port, open_base(options), options.processes)
    return 0
