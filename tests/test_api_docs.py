"""What docs/api.md shows is what happens: its commands are run by curl against the real server, its Python as it stands."""

from __future__ import annotations

import doctest
import re
import socket
import subprocess
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = "http://127.0.0.1:8765"
TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^    \$ (.*)\n((?:    (?!\$ ).*\n)*)", TEXT, re.MULTILINE)


@pytest.mark.parametrize(("command", "wanted"), SHOWN, ids=[c[:60] for c, _ in SHOWN])
def test_commands(need: Callable[[str, str], str], bundled_server: str, command: str, wanted: str) -> None:
    need("curl", "apt-get install curl")
    done = subprocess.run(["bash", "-c", command.replace(HERE, bundled_server)], capture_output=True, timeout=60)
    got = done.stdout.decode().replace(bundled_server, HERE).replace("\r", "").rstrip("\n") + "\n"
    shown = re.sub("^    ", "", wanted, flags=re.MULTILINE)
    shown = re.sub(r"\.\.\.(?=\n\Z)", "...", shown)
    assert doctest.OutputChecker().check_output(shown, got, doctest.ELLIPSIS), f"shown:\n{shown}\ngot:\n{got[:2000]}"


def test_enough_is_shown() -> None:
    assert len(SHOWN) >= 15


def test_python(bundled_server: str) -> None:
    test = doctest.DocTestParser().get_doctest(TEXT.replace(HERE, bundled_server), {}, "api.md", "api.md", 0)
    assert len(test.examples) >= 6
    failures, _ = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test)
    assert failures == 0


def test_characters_in_an_address_are_taken_as_they_are(bundled_server: str) -> None:
    """curl does not escape what is typed, and some programs do the same."""
    with socket.create_connection(("127.0.0.1", int(bundled_server.rpartition(":")[2]))) as raw:
        raw.sendall("GET /api/v1/lookup?q=情绪识别&limit=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65536), b"")).decode()
    assert answer.startswith("HTTP/1.1 200")
    assert '"query":"情绪识别"' in answer
