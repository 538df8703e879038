"""What the standard asks of a TBX file, as far as we write it: our own wording of ISO 30042's public schemas.

Structure (what may stand in what, in which order), attributes, ids, and for TBX-Basic and TBX-Linguist which category
stands on which level with which values. Where the core schemas of 2019 and 2023 differ, only what both accept passes.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

V3 = "{urn:iso:std:iso:30042:ed-2}"
XML = "{http://www.w3.org/XML/1998/namespace}"
AUX = "(admin|adminGrp|descrip|descripGrp|note|ref|transacGrp|xref)*"
# element: what stands in it ("-" is text alone)
CONTENT = {
    "tbx": "tbxHeader text",
    "tbxHeader": "fileDesc encodingDesc?",
    "fileDesc": "titleStmt sourceDesc",
    "titleStmt": "title",
    "sourceDesc": "p+",
    "encodingDesc": "p+",
    "text": "body? back?",
    "body": "conceptEntry+",
    "conceptEntry": f"{AUX} langSec+",
    "langSec": f"{AUX} termSec+",
    "termSec": f"term (termNote|termNoteGrp)* {AUX}",
    "adminGrp": "admin (adminNote|note|ref|xref)*",
    "descripGrp": "descrip (admin|adminGrp|descripNote|note|ref|transacGrp|xref)*",
    "transacGrp": "transac (date|note|ref|transacNote|xref)*",
    "back": "refObjectSec*",
    "refObjectSec": "refObject+",
    "refObject": "item+",
    **dict.fromkeys("admin adminNote date descrip item note p ref term termNote title transac transacNote xref".split(), "-"),
}
# element: attributes, those with ! are required
ATTRIBUTES = {
    "tbx": f"type! style! {XML}lang!",
    "conceptEntry": "id!",
    "langSec": f"{XML}lang!",
    **dict.fromkeys("admin adminNote descrip ref termNote transac transacNote".split(), f"type! target id {XML}lang"),
    "xref": "type! target! id",
    "refObjectSec": "type!",
    "refObject": "id",
    "item": "type id",
    "p": "type",
    **dict.fromkeys("term termSec adminGrp descripGrp transacGrp date text body back".split(), "id"),
}
C, L, T = "conceptEntry", "langSec", "termSec"
BASIC = {
    ("admin", "customerSubset"): (C, T),
    ("admin", "projectSubset"): (C, T),
    ("admin", "source"): (C, L, T),
    ("descrip", "subjectField"): (C,),
    ("descrip", "context"): (T,),
    ("descrip", "definition"): (C, L),
    ("ref", "crossReference"): (C, T),
    **{("termNote", n): (T,) for n in "administrativeStatus geographicalUsage grammaticalGender partOfSpeech termLocation termType".split()},
    ("transac", "transactionType"): (C, L, T),
    ("transacNote", "responsibility"): (C, L, T),
    ("xref", "externalCrossReference"): (C, T),
    ("xref", "xGraphic"): (C, L),
}
LINGUIST = BASIC | {
    ("admin", "reading"): (T,),
    ("termNote", "transferComment"): (T,),
    ("adminNote", "readingNote"): (T,),
    ("termNote", "grammaticalNumber"): (T,),
    ("termNote", "register"): (T,),
}
VALUES = {
    "administrativeStatus": "preferredTerm-admn-sts admittedTerm-admn-sts deprecatedTerm-admn-sts supersededTerm-admn-sts",
    "partOfSpeech": "noun verb adjective adverb other",
    "grammaticalGender": "masculine feminine neuter other",
    "grammaticalNumber": "singular plural dual mass otherNumber",
    "termType": "fullForm acronym abbreviation shortForm variant phrase",
    "transactionType": "origination modification",
    "register": "colloquialRegister neutralRegister technicalRegister in-houseRegister bench-levelRegister slangRegister vulgarRegister",
    "termLocation": "checkBox comboBox comboBoxElement dialogBox groupBox informativeMessage interactiveMessage menuItem "
                    "progressBar pushButton radioButton slider spinBox tab tableText textBox toolTip user-definedType",
}
LANGUAGE = re.compile("[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
NCNAME = re.compile(r"[^\W\d][\w.\-]*")


def faults(data: bytes) -> list[str]:
    """Everything in which a file departs from the rules."""
    root = ElementTree.fromstring(data)
    dialect = {"TBX-Basic": BASIC, "TBX-Linguist": LINGUIST}.get(root.get("type", ""))
    if root.tag != f"{V3}tbx" or dialect is None or root.get("style") != "dca":
        return [f"root: {root.tag} {root.attrib}"]
    out: list[str] = []
    ids = [e.get("id") for e in root.iter() if "id" in e.attrib]
    out += [f"id {i!r} is no name" for i in ids if not NCNAME.fullmatch(i or "")]
    if len(ids) != len(set(ids)):
        out.append("an id stands twice")
    _walk(root, "", "", set(ids), dialect, out)
    return out


def _walk(element: ElementTree.Element, level: str, parent: str, ids: set[str | None],
          dialect: dict[tuple[str, str], tuple[str, ...]], out: list[str]) -> None:
    name = element.tag.removeprefix(V3)
    content = CONTENT.get(name)
    if content is None:
        out.append(f"unknown element {element.tag}")
        return
    children = "".join(f"{c.tag.removeprefix(V3)};" for c in element)
    wanted = "" if content == "-" else re.sub(r"\w+", lambda m: f"(?:{m[0]};)", content).replace(" ", "")
    if not re.fullmatch(wanted, children):
        out.append(f"in {name}: {children[:200]}")
    if content != "-" and any((s or "").strip() for s in (element.text, *(c.tail for c in element))):
        out.append(f"text in {name}")
    known = ATTRIBUTES.get(name, f"id {XML}lang").split()
    out += [f"{name} without {a[:-1]}" for a in known if a.endswith("!") and not element.get(a[:-1])]
    out += [f"{name} with {a}" for a in element.attrib if a not in {k.rstrip("!") for k in known}]
    _attributes(element, name, ids, out)
    level = name if name in (C, L, T) else level
    text = "".join(element.itertext())
    if name in ("admin", "adminNote", "descrip", "ref", "termNote", "transac", "transacNote", "xref"):
        _category(name, element.get("type", ""), text, level, parent, dialect, out)
    if name == "date" and not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        out.append(f"date {text!r}")
    if name == "term" and not text.strip():
        out.append("empty term")  # the schemas let it pass
    for child in element:
        _walk(child, level, name, ids, dialect, out)


def _category(name: str, category: str, text: str, level: str, parent: str,
              dialect: dict[tuple[str, str], tuple[str, ...]], out: list[str]) -> None:
    kind = (name, category)
    if kind not in dialect:
        out.append(f"{kind} is not of this dialect")
    elif level not in dialect[kind]:
        out.append(f"{kind} at {level}")
    if name == "xref" and parent not in (C, L, T):
        out.append("xref in a group")
    if category in VALUES and text not in VALUES[category].split():
        out.append(f"{category}: {text!r}")


def _attributes(element: ElementTree.Element, name: str, ids: set[str | None], out: list[str]) -> None:
    lang, target = element.get(f"{XML}lang"), element.get("target")
    if lang is not None and not LANGUAGE.fullmatch(lang):
        out.append(f"language {lang!r}")
    if element.get("type") == "":
        out.append(f"{name} with an empty type")
    if target is not None and not (target.startswith(("http://", "https://")) if name == "xref" else target in ids):
        out.append(f"{name} leads to {target!r}")
