"""Bytes to text: UTF-8 first, then what Chinese files are found in, and say which it was."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from glossary.errors import InputError

if TYPE_CHECKING:
    from typing import BinaryIO

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text and the name of its encoding. `name` is what an error calls the input.

    GB18030 and Big5 are told apart by how common the characters are that each would give. Raises InputError for
    what is no text in any of them.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name), encoding.removesuffix("-sig")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        error = fault
    else:
        if "\0" in text:
            if wide := _unmarked(data):
                return _strict(data, wide, name), wide
            raise InputError(f"{name}: is binary (it holds NUL bytes), not text")
        return text, "utf-8"
    if b"\0" in data:
        if wide := _unmarked(data):
            return _strict(data, wide, name), wide
        raise InputError(f"{name}: is binary (it holds NUL bytes), not text")
    best = max((_score(data, encoding) for encoding in ("gb18030", "big5hkscs")), key=lambda s: s[0])
    if best[0] < 0.5:
        raise InputError(
            f"{name}: is neither UTF-8 (it breaks at byte {error.start}) nor GB18030 nor Big5; save it as UTF-8"
        )
    return best[1], best[2]


CHUNK = 1 << 20


def encoding_of(file: BinaryIO, name: str) -> str:
    """The encoding of a file of any size, which is left at its beginning; as `decode` would find it.

    All of the file is tried as UTF-8; where it is none, the lines around the first fault decide. Raises InputError
    for what is no text.
    """
    head = file.read(CHUNK)
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")
    try:
        return marked or _encoding(file, head, name)
    finally:
        file.seek(0)


def _encoding(file: BinaryIO, head: bytes, name: str) -> str:
    if b"\0" in head and (wide := _unmarked(head)):
        return wide
    decoder = codecs.getincrementaldecoder("utf-8")()
    before, chunk = b"", head
    try:
        while chunk:
            decoder.decode(chunk)
            if b"\0" in chunk:
                raise InputError(f"{name}: is binary (it holds NUL bytes), not text")
            before, chunk = chunk[-CHUNK // 16 :], file.read(CHUNK)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        # whole lines, so that no character is cut in two
        around = (before + chunk)[: 2 * CHUNK]
        start = around.find(b"\n") + 1 if before else 0
        end = around.rfind(b"\n", start) if len(chunk) == CHUNK else len(around)
        return decode(around[start : end if end > start else len(around)], name)[1]
    return "utf-8"


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: begins like {encoding} but breaks at byte {error.start}") from None


def _unmarked(data: bytes) -> str:
    """The UTF-16 that the bytes are without the mark at its beginning; "" where they are none.

    Nine characters of ten must be ASCII, Chinese or Chinese punctuation, one of fifty ASCII (a comma, a line break):
    neither ASCII nor a picture read by twos looks so.
    """
    sample = data[: min(CHUNK, len(data)) & ~1]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        latin = sum(" " <= c <= "~" or c in "\t\r\n" for c in text)
        wide = sum("\u4e00" <= c <= "\u9fff" or "\u3000" <= c <= "\u303f" or "\uff00" <= c <= "\uff5e" for c in text)
        if "\0" not in text and latin * 50 >= len(text) > 0 and (latin + wide) * 10 >= len(text) * 9:
            return encoding
    return ""


def _score(data: bytes, encoding: str) -> tuple[float, str, str]:
    """How much of the text is made of characters that people use: level 1 of GB 2312 or of Big5, ASCII, punctuation."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return -1.0, "", encoding
    wide = [c for c in text if ord(c) > 127]
    if not wide:
        return -1.0, "", encoding
    common = sum(_common(c, encoding) for c in wide)
    return common / len(wide), text, encoding


def _common(char: str, encoding: str) -> bool:
    if char in "，。、；：！？（）《》“”‘’「」『』【】—…·":
        return True
    try:
        lead = char.encode("gb2312" if encoding == "gb18030" else "big5")[0]
    except UnicodeEncodeError:
        return False
    # rows 16–55 of GB 2312 and A4–C6 of Big5 are the frequent characters
    return 0xB0 <= lead <= 0xD7 if encoding == "gb18030" else 0xA4 <= lead <= 0xC6
