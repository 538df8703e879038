"""The server behind `glossary serve`."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import sys
import threading
from typing import TYPE_CHECKING

from waitress.server import create_server

from glossary.errors import GlossaryError, InputError, MissingPart
from glossary_web import REQUEST_LIMIT, create_app

if TYPE_CHECKING:
    from flask import Flask

    from glossary.desk import Glossary


def run(host: str = "127.0.0.1", port: int = 8765, glossary: Glossary | None = None) -> None:
    """Serve until interrupted; print the address once it answers.

    Raises InputError where the address cannot be had, with what to do.
    """
    app = create_app(glossary)
    server = make_server(app, host, port)
    print(address(host, port_of(server)), flush=True)
    threading.Thread(target=_warm, args=(app.extensions["site"].glossary,), daemon=True).start()
    server.run()


def make_server(app: Flask, host: str, port: int):  # type: ignore[no-untyped-def]  # waitress has no types
    """A server that listens already; its `run` answers."""
    if not 0 <= port <= 65535:
        raise InputError(f"the port must be between 0 and 65535, not {port}")
    # a body far beyond the limit is refused before it is read; one just beyond it gets a readable page
    return create_server(
        app, sockets=[_listening(host, port)], threads=8, ident=None, max_request_body_size=8 * REQUEST_LIMIT
    )


def _listening(host: str, port: int) -> socket.socket:
    """A socket bound to the address. waitress could bind by itself, but leaves sockets open where it cannot."""
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError):
        raise InputError(_elsewhere(host)) from None
    bound = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # elsewhere it would let two servers share the port
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(where)
        bound.listen(1024)
    except OSError as error:
        bound.close()
        raise InputError(_why(error, host, port)) from None
    return bound


def port_of(server) -> int:  # type: ignore[no-untyped-def]  # waitress has no types
    """The port that was given, or chosen where 0 was asked for."""
    return int(server.effective_port)


def address(host: str, port: int) -> str:
    """The address to open in a browser."""
    if host in ("", "0.0.0.0", "*"):
        host = "127.0.0.1"
    elif host == "::":
        host = "::1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _elsewhere(host: str) -> str:
    return f"{host!r} is no address of this computer; try --host 127.0.0.1"


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRNOTAVAIL:
        return _elsewhere(host)
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8765
        return (
            f"port {port} is already in use on {host}; choose another, for example --port {other} "
            f"(make serve PORT={other})"
        )
    if error.errno == errno.EACCES:
        return f"port {port} may not be opened without more rights; choose one above 1023, for example --port 8765"
    return f"cannot listen on {host} port {port}: {error.strerror or error}"


def _warm(glossary: Glossary) -> None:
    """Load what the first text would wait for, then the general dictionary where it is installed.

    Where the first fails, the request that needs it will say so; without the second the site does without.
    """
    with contextlib.suppress(GlossaryError):
        _ = glossary.annotate("情绪识别的准备工作").tokens
    try:
        if not glossary.has_dictionary:
            glossary.open_dictionary()
    except MissingPart:
        return
    except Exception as error:
        print(f"glossary: without the general dictionary: {error}", file=sys.stderr)
