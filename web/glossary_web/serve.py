"""The server behind `glossary serve`."""

from __future__ import annotations

import contextlib
import copy
import errno
import logging
import os
import pickle
import re
import signal
import socket
import sys
import threading
from typing import TYPE_CHECKING

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import create_server

from glossary.desk import Glossary
from glossary.errors import GlossaryError, InputError, MissingPart
from glossary_web import REQUEST_LIMIT, create_app

if TYPE_CHECKING:
    from flask import Flask

MOST_PROCESSES = 64


def run(host: str = "127.0.0.1", port: int = 8765, glossary: Glossary | None = None, processes: int = 1) -> None:
    """Serve until interrupted; print the address once it answers.

    One process answers several requests at a time but computes on one core: `processes` share the port, one for
    each core that may be used. Raises InputError where the address cannot be had, with what to do.
    """
    if processes != 1:
        _run_many(host, port, glossary or Glossary.open(), processes)
        return
    app = create_app(glossary)
    server = make_server(app, host, port)
    print(address(host, port_of(server)), flush=True)
    threading.Thread(target=_warm, args=(app.extensions["site"].glossary,), daemon=True).start()
    server.run()


def _run_many(host: str, port: int, glossary: Glossary, processes: int) -> None:
    """Listen once and answer in several processes. When one ends, all do, so that it is noticed."""
    if not 1 <= processes <= MOST_PROCESSES:
        raise InputError(f"the number of processes must be between 1 and {MOST_PROCESSES}, not {processes}")
    if not hasattr(os, "fork"):
        raise InputError("several processes need an operating system that can fork; leave --processes out")
    pickle.dumps(glossary)  # raises where its bases are no files that another process can open
    listening = _listening(host, _port(port))
    children = [_child(listening, glossary) for _ in range(processes)]
    print(address(host, listening.getsockname()[1]), flush=True)
    previous = signal.signal(signal.SIGTERM, _interrupt)
    try:
        os.wait()
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, previous)
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)
        with contextlib.suppress(ChildProcessError):
            for _ in children:
                os.wait()
        listening.close()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _child(listening: socket.socket, glossary: Glossary) -> int:
    """Start a process that answers on a socket; returns its number."""
    started = os.fork()
    if started:
        return started
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        own = copy.deepcopy(glossary)  # opened anew: a connection to SQLite may not be carried into another process
        app = create_app(own)
        threading.Thread(target=_warm, args=(own,), daemon=True).start()
        _serve_on(app, listening).run()
    except KeyboardInterrupt:
        pass
    except Exception as error:
        print(f"glossary: a server process ended: {error}", file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


def make_server(app: Flask, host: str, port: int):  # type: ignore[no-untyped-def]  # waitress has no types
    """A server that listens already; its `run` answers."""
    return _serve_on(app, _listening(host, _port(port)))


def _serve_on(app: Flask, listening: socket.socket):  # type: ignore[no-untyped-def]  # waitress has no types
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of every request that has to wait
    # a body far beyond the limit is refused before it is read; one just beyond it gets a readable page
    server = create_server(app, sockets=[listening], threads=8, ident=None, max_request_body_size=8 * REQUEST_LIMIT)
    server.channel_class = _Channel
    return server


class _Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """Takes characters in an address as they are, as `curl` sends them: `?q=情绪`."""

    def parse_header(self, header_plus: bytes) -> None:
        """Escape what is not ASCII in the first line, which waitress would refuse."""
        line, end, rest = header_plus.partition(b"\r\n")
        line = re.sub(rb"[\x80-\xff]", lambda byte: b"%%%02X" % byte[0][0], line)
        super().parse_header(line + end + rest)


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    parser_class = _Parser


def _port(port: int) -> int:
    if not 0 <= port <= 65535:
        raise InputError(f"the port must be between 0 and 65535, not {port}")
    return port


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
