"""From nothing: the command from the shell, and the library's first and later look-ups."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

ROUNDS = 9
LIBRARY = """
import time
from glossary import Glossary
t0 = time.perf_counter()
g = Glossary.open()
g.lookup("情绪识别")
t1 = time.perf_counter()
for query in ("qxsb", "xueliang", "emotion recognition", "雪亮", "human rights") * 40:
    g.lookup(query)
t2 = time.perf_counter()
print((t1 - t0) * 1000, (t2 - t1) * 1000 / 200)
"""


def measure(args: list[str]) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak MB of one run of a command, as the operating system counts them."""
    start = time.perf_counter()
    process = subprocess.Popen(args, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Print the median of nine rounds."""
    command = [sys.executable, "-m", "glossary", "lookup", "情绪识别"]
    bare = [sys.executable, "-c", "pass"]
    subprocess.run(command, capture_output=True, check=True)  # compiles the base where that is still to be done
    rows: dict[str, list[tuple[float, float]]] = {"glossary lookup": [], "python -c pass": []}
    peak = 0.0
    for _ in range(ROUNDS):
        for name, args in (("glossary lookup", command), ("python -c pass", bare)):
            wall, cpu, resident = measure(args)
            rows[name].append((wall * 1000, cpu * 1000))
            peak = max(peak, resident)
    print("from the shell, median of", ROUNDS)
    for name, figures in rows.items():
        wall, cpu = (statistics.median(f[i] for f in figures) for i in (0, 1))
        print(f"  {name:<18} wall {wall:6.1f} ms   CPU {cpu:6.1f} ms")
    print(f"  largest process    {peak:6.1f} MB")
    library = [sys.executable, "-c", LIBRARY]
    outputs = [subprocess.run(library, capture_output=True, check=True).stdout for _ in range(ROUNDS)]
    shares = [[float(x) for x in output.split()] for output in outputs]
    first, later = (statistics.median(f[i] for f in shares) for i in (0, 1))
    print(f"library: open and first look-up {first:.1f} ms, later ones {later:.2f} ms\n")
