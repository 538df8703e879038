"""The HTTP API on the loopback: throughput and latency of look-up, with one and with two server processes.

The server is `glossary serve`, as it ships. Each client is a process with one connection that it keeps open and asks
as fast as it is answered, one query of `tests/data/queries.tsv` after the other. Clients and server share the
machine's cores, so the throughput is what is left for the server, not what it could do alone. The peers, in the same
run: the same look-ups in the library, without HTTP; the same requests revalidated (304, after which waitress closes the
connection, so a new one is part of it); the server's shortest answer.
"""

from __future__ import annotations

import socket
import statistics
import subprocess
import sys
import time
from multiprocessing import get_context
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from benchmarks.queries import FILE
from glossary import Glossary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

REQUESTS = 4000  # in each measurement, by all clients together
WARM = 200


def queries() -> list[str]:
    """What people type."""
    return [line.split("\t")[1] for line in FILE.read_text(encoding="utf-8").splitlines()[1:]]


class Connection:
    """The least that can be called an HTTP client, so that it costs the machine little."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.host, self.at = str(parts.netloc), (str(parts.hostname), int(parts.port or 80))
        self._open()

    def _open(self) -> None:
        self.socket = socket.create_connection(self.at)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""

    def get(self, path: str, tag: str = "") -> tuple[int, str]:
        """(status, entity tag) of an answer, read whole."""
        condition = f"If-None-Match: {tag}\r\n" if tag else ""
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\n{condition}\r\n".encode("ascii"))
        while b"\r\n\r\n" not in self.rest:
            self._more()
        head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        status = int(head[9:12])
        length = 0 if status == 304 else int(fields[b"content-length"])
        while len(self.rest) < length:
            self._more()
        self.rest = self.rest[length:]
        if fields.get(b"connection") == b"close":  # as waitress does after every 304
            self.socket.close()
            self._open()
        return status, fields.get(b"etag", b"").decode("ascii")

    def _more(self) -> None:
        got = self.socket.recv(65536)
        if not got:
            raise ConnectionError("the server has closed the connection")
        self.rest += got


def ask(address: str, kind: str, number: int, start: int) -> list[float]:
    """Milliseconds of each of `number` requests of one client."""
    connection = Connection(address)
    paths = [f"/api/v1/lookup?q={quote(q)}&limit=10" for q in queries()] if kind != "shortest" else ["/favicon.ico"]
    tags: dict[str, str] = {}
    out = []
    for i in range(number):
        path = paths[(start + i) % len(paths)]
        if kind == "again" and path not in tags:
            tags[path] = connection.get(path)[1]
        before = time.perf_counter()
        status, _ = connection.get(path, tags.get(path, ""))
        out.append((time.perf_counter() - before) * 1000)
        wanted = {"fresh": 200, "again": 304, "shortest": 301}[kind]
        if status != wanted:
            raise AssertionError(f"{path}: {status}, not {wanted}")
    return out


def measure(address: str, kind: str, clients: int) -> tuple[float, list[float]]:
    """(requests a second, milliseconds of each) with so many clients at once."""
    share = REQUESTS // clients
    with get_context("spawn").Pool(clients) as pool:
        pool.starmap(ask, [(address, kind, WARM // clients, 7 * i) for i in range(clients)])
        found = pool.starmap(ask, [(address, kind, share, i * share) for i in range(clients)], chunksize=1)
    return sum(1000 * len(times) / sum(times) for times in found), sorted(t for times in found for t in times)


def serving(processes: int) -> AbstractContextManager[str]:
    """`glossary serve` on a free port: its address."""
    from contextlib import contextmanager

    @contextmanager
    def run() -> Iterator[str]:
        command = [sys.executable, "-m", "glossary", "serve", "--port", "0", "--processes", str(processes)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            yield server.stdout.readline().strip()
        finally:
            server.terminate()
            server.wait(10)

    return run()


def row(name: str, clients: int, rate: float, times: list[float]) -> str:
    """One line of the table."""
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return (
        f"{name:<34} {clients:>7} {rate:>9.0f}/s {cuts[49]:>8.2f} {cuts[94]:>8.2f} {cuts[98]:>8.2f} {times[-1]:>8.1f}"
    )


def main() -> None:
    """Print the table."""
    glossary = Glossary.open()
    typed = queries()
    for query in typed[:WARM]:
        glossary.lookup(query, 10)
    times = []
    for i in range(REQUESTS):
        before = time.perf_counter()
        glossary.lookup(typed[i % len(typed)], 10)
        times.append((time.perf_counter() - before) * 1000)
    print(f"{'look-up over HTTP, ms':<34} {'clients':>7} {'rate':>11} {'p50':>8} {'p95':>8} {'p99':>8} {'most':>8}")
    print(row("the library, without HTTP", 1, 1000 * len(times) / sum(times), sorted(times)))
    for processes in (1, 2):
        with serving(processes) as address:
            name = f"{processes} process{'es' if processes > 1 else ''}"
            for clients in (1, 2, 8):
                print(row(f"{name}, fresh", clients, *measure(address, "fresh", clients)))
            print(row(f"{name}, revalidated (304)", 2, *measure(address, "again", 2)))
            print(row(f"{name}, shortest answer", 2, *measure(address, "shortest", 2)))
    print()


if __name__ == "__main__":
    main()
