"""Chinese–English term base: look-up, annotation, segmentation, pinyin.

The names below are loaded when they are first used: the whole `glossary lookup` takes less time than importing
the records of `glossary.model` would.
"""

from importlib import import_module

__all__ = [
    "Annotation",
    "Concept",
    "EnTerm",
    "Glossary",
    "GlossaryError",
    "Hit",
    "InputError",
    "Match",
    "MissingPart",
    "Reference",
    "Relation",
    "Results",
    "Source",
    "TermBaseError",
    "TermFileError",
    "UnknownConcept",
    "Word",
    "ZhTerm",
]
__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glossary.desk import Glossary
    from glossary.errors import (
        GlossaryError,
        InputError,
        MissingPart,
        TermBaseError,
        TermFileError,
        UnknownConcept,
    )
    from glossary.match.annotation import Annotation, Match, Word
    from glossary.model import Concept, EnTerm, Reference, Relation, Source, ZhTerm
    from glossary.search.hit import Hit, Results

_HOMES = {
    "glossary.desk": ("Glossary",),
    "glossary.errors": (
        "GlossaryError",
        "InputError",
        "MissingPart",
        "TermBaseError",
        "TermFileError",
        "UnknownConcept",
    ),
    "glossary.match.annotation": ("Annotation", "Match", "Word"),
    "glossary.model": ("Concept", "EnTerm", "Reference", "Relation", "Source", "ZhTerm"),
    "glossary.search.hit": ("Hit", "Results"),
}


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module 'glossary' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
