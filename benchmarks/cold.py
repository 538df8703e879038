"""From nothing: the command from the shell, and the library's first and later look-ups."""

from __future__ import annotations

import resource
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


def main() -> None:
    """Print the median of nine rounds."""
    command = [sys.executable, "-m", "glossary", "lookup", "情绪识别"]
    bare = [sys.executable, "-c", "pass"]
    subprocess.run(command, capture_output=True, check=True)  # compiles the base where that is still to be done
    rows: dict[str, list[tuple[float, float]]] = {"glossary lookup": [], "python -c pass": []}
    for _ in range(ROUNDS):
        for name, args in (("glossary lookup", command), ("python -c pass", bare)):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            start = time.perf_counter()
            subprocess.run(args, capture_output=True, check=True)
            wall = time.perf_counter() - start
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            rows[name].append((wall * 1000, cpu * 1000))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
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
