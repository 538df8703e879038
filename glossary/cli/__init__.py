"""The command line: one module a command, loaded only when it is called.

Exit codes: 0 done; 1 done, but nothing found or findings present; 2 bad usage or input (one clear line on stderr).
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

from glossary.errors import GlossaryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

COMMANDS = {
    "lookup": "look terms up: characters, pinyin, initials, English",
    "annotate": "mark the terms of a text",
    "check": "hold a translation against its source",
    "segment": "cut a text into words, terms kept whole",
    "pinyin": "romanise a text",
    "query": "write search strings and links for outside search engines",
    "cite": "cite entries and the works they cite",
    "lint": "check the term files by coded rules",
    "fmt": "bring the term files into canonical form",
    "new": "begin an entry",
    "import": "read a file of terms into a base of one's own",
    "export": "write terms for another program",
    "diff": "what changed between two bases",
    "stats": "count what the term base holds",
    "serve": "run the web app and the API",
    "mcp": "serve tools for language models (Model Context Protocol)",
}


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit code. `argv` is without the program's name."""
    args = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return _run(args)
    except BrokenPipeError:  # the reader (head, less) has gone; nothing is wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except GlossaryError as error:
        print(f"glossary: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"glossary: {error.filename or ''}: {error.strerror or error}", file=sys.stderr)
        return 2


def _run(args: list[str]) -> int:
    if not args or args[0] in ("-h", "--help", "help"):
        print(_usage())
        if not args:
            print("glossary: name a command", file=sys.stderr)
        return 0 if args else 2
    if args[0] in ("-V", "--version"):
        from glossary import __version__

        print(f"glossary {__version__}")
        return 0
    name = args[0]
    if name not in COMMANDS:
        print(f"glossary: there is no command {name!r}; see glossary --help", file=sys.stderr)
        return 2
    import argparse

    module = import_module(f"glossary.cli.commands.{name}")

    class Parser(argparse.ArgumentParser):
        """Says what is wrong in one line, as the commands themselves do, without the usage above it."""

        def error(self, message: str) -> NoReturn:
            self.exit(2, f"glossary: {message.removeprefix('argument ')}; see {self.prog} --help\n")

    parser = Parser(prog=f"glossary {name}", description=COMMANDS[name])
    module.add_arguments(parser)
    try:
        options = parser.parse_args(args[1:])
    except SystemExit as stop:  # argparse has said what is wrong
        return int(stop.code or 0)
    result: int = module.run(options)
    sys.stdout.flush()
    return result


def _usage() -> str:
    width = max(map(len, COMMANDS))
    lines = "\n".join(f"  {name:<{width}}  {text}" for name, text in COMMANDS.items())
    return (
        f"usage: glossary COMMAND [OPTION …]\n\ncommands:\n{lines}\n\nglossary COMMAND --help says what a command takes"
    )
