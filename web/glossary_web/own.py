"""A list of terms that somebody brings along, opened as a base for one request and forgotten."""

from __future__ import annotations

import base64
import binascii
import io
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from glossary.desk import Glossary
from glossary.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from werkzeug.datastructures import FileStorage

LARGEST = 1_000_000  # bytes: some 20,000 terms, which take a few seconds


@dataclass(frozen=True, slots=True)
class Own:
    """The file as it was given."""

    name: str
    data: bytes

    @property
    def kept(self) -> str:
        """The file for a hidden field, so that it need not be chosen again."""
        return base64.b64encode(self.data).decode("ascii")

    @contextmanager
    def opened(self, glossary: Glossary) -> Iterator[Glossary]:
        """The file's terms as a base. Raises InputError, which names file, line and field."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "own.db"
            glossary.import_(io.BytesIO(self.data), path, name=self.name)
            yield Glossary.open(path)


def given(form: Mapping[str, str], files: Mapping[str, FileStorage]) -> Own | None:
    """The list that a form holds: chosen now, or kept from the time before. Raises InputError where it is too large."""
    upload = files.get("own")
    if upload is not None and upload.filename:
        own = Own(upload.filename, upload.read())
        upload.close()
    elif form.get("own-kept") and not form.get("own-not"):
        try:
            own = Own(form.get("own-name", ""), base64.b64decode(form["own-kept"], validate=True))
        except (binascii.Error, ValueError):
            raise InputError("the list of terms came back damaged; choose the file again") from None
    else:
        return None
    if len(own.data) > LARGEST:
        raise InputError(
            f"{own.name} has {len(own.data):,} bytes; here lists of up to {LARGEST:,} are taken, on the command line "
            "any (glossary import, then glossary check --base)"
        )
    return own
