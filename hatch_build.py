"""Build hook: put the compiled term base into the wheel, so that an installed copy never has to compile it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledBase(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles `terms/` and adds the file as `glossary/base.db`; not for editable installs, whose terms change."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel is put together."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from glossary.termbase.compile import compile_base, in_order
        from glossary.termfiles.folder import read_folder

        folder = read_folder(Path(self.root) / "terms")
        path = Path(tempfile.mkdtemp()) / "base.db"
        concepts = in_order(folder.concepts.values())
        compile_base(path, concepts, folder.sources, folder.vocabulary, folder.retired, folder.facts)
        build_data["force_include"][str(path)] = "glossary/base.db"
