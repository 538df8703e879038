"""Where compiled things are kept: one folder of the user, found without costly imports."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection


def cache_dir() -> str:
    """The folder for compiled bases and tables: GLOSSARY_CACHE, or the platform's cache folder."""
    given = os.environ.get("GLOSSARY_CACHE")
    if given:
        return given
    if sys.platform.startswith("linux"):  # the same answer as platformdirs, without its import
        return os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "zh-en-glossary")
    from platformdirs import user_cache_dir

    return user_cache_dir("zh-en-glossary", appauthor=False)


def forget_old(folder: str | os.PathLike[str], prefixes: tuple[str, ...], keep: Collection[str]) -> None:
    """Remove the files with these beginnings that nobody has written for 30 days, but for those to keep."""
    import time

    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if name.startswith(prefixes) and name not in keep and os.stat(path).st_mtime < time.time() - 30 * 86400:
            os.unlink(path)
