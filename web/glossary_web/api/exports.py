"""Terms as files of other programs, and what those cannot hold."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Response, request

from glossary.desk import Glossary
from glossary_web.api.asked import ExportAsked, ExportBody
from glossary_web.api.asking import JSON
from glossary_web.api.given import Formats, LossReport
from glossary_web.api.operation import Call, operation
from glossary_web.faults import Fault
from glossary_web.site import the_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from glossary_web.api.asked import Asked

WRITTEN = {name: format for name, format in Glossary.formats().items() if format.writes}
FORMAT = {"format": "the name of a format; /formats lists them"}
MEDIA = tuple(dict.fromkeys(format.media_type for format in WRITTEN.values()))
IN_MEMORY = 8 * 1024 * 1024  # bytes of a file that is not put on disk first
CHUNK = 256 * 1024


@operation("GET", "/formats", gives=Formats, group="Files")
def formats(call: Call[Asked, Asked]) -> dict[str, Any]:
    """The formats that terms are written in, with what each cannot hold."""
    names = ("name", "title", "extension", "media_type", "reads", "held_to", "cannot")
    return {"formats": [{name: getattr(format, name) for name in names} for format in WRITTEN.values()]}


@operation(
    "GET",
    "/export/{format}",
    asks=ExportAsked,
    gives=LossReport,
    files=MEDIA,
    group="Files",
    media=(),
    faults=(404,),
    places=FORMAT,
    choices={"format": tuple(WRITTEN)},
    example={"format": "csv", "domain": ["emotion"], "script": "both"},
)
def export(call: Call[ExportAsked, Asked], format: str) -> Any:
    """Concepts as a file of another program: the whole base, or what is asked for.

    What the format could not hold is counted in a report, which `report=1` gives in place of the file; the header
    `Link` names its address.
    """
    return _written(call.query, format, None)


@operation(
    "POST",
    "/export/{format}",
    asks=ExportAsked,
    takes=ExportBody,
    gives=LossReport,
    files=MEDIA,
    group="Files",
    media=(),
    lines=False,
    limits=("Glossary-Limit-Text",),
    faults=(404,),
    places=FORMAT,
    choices={"format": tuple(WRITTEN)},
    example={"format": "prompt", "text": "课堂上的情绪识别系统记录学生的微表情。"},
)
def export_for_text(call: Call[ExportAsked, ExportBody], format: str) -> Any:
    """The same for the concepts whose terms stand in a text: a glossary for a translation, or for a prompt."""
    return _written(call.query, format, call.bodies[0].text)


def _written(asked: ExportAsked, format: str, text: str | None) -> Any:
    if format not in WRITTEN:
        raise Fault(404, f"there is no format {format[:40]!r}; there are {', '.join(WRITTEN)}", field="format")
    options = dict(option.partition("=")[::2] for option in asked.option)
    if not all("=" in option for option in asked.option):
        raise Fault(400, "an option is NAME=VALUE", field="option")
    # closed with the answer that it becomes
    file: BinaryIO = tempfile.SpooledTemporaryFile(IN_MEMORY)  # type: ignore[assignment]  # noqa: SIM115
    try:
        report = the_site().glossary.export(
            format,
            file,
            ids=asked.concept or None,
            filters=asked.filters(),
            query=asked.q,
            text=text,
            script=asked.script,
            options=options,
        )
    except BaseException:
        file.close()
        raise
    if asked.report:
        file.close()
        return [report.as_dict()] if text is not None else report.as_dict()
    size = file.tell()
    if request.method == "HEAD":  # nobody would close it
        file.close()
    response = Response(_chunks(file), content_type=WRITTEN[format].media_type)
    response.call_on_close(file.close)
    response.content_length = size
    name = f"glossary-{format}{WRITTEN[format].extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Glossary-Concepts"] = str(report.concepts)
    others = [(k, v) for k, v in request.args.items(multi=True) if k != "report"]
    link = f"{request.base_url}?{urlencode([*others, ('report', '1')])}"
    response.headers.add("Link", f'<{link}>; rel="describedby"; type="{JSON}"')
    return response


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk
