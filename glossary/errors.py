"""Every error that this package raises on purpose.

    GlossaryError
    ├── TermFileError      a file of terms/ is malformed (file, line, field)
    ├── TermBaseError      a compiled base is missing, damaged or of another version
    ├── InputError         a text, file or query that cannot be used as it is
    ├── UnknownConcept     no concept has this id (also a KeyError)
    ├── MissingPart        an optional package is not installed
    └── ServiceError       a glossary on another machine cannot be reached or fails

Each message says what is wrong and what to do. This module imports nothing.
"""


class GlossaryError(Exception):
    """The root: catch this to catch everything of ours."""


class TermFileError(GlossaryError):
    """A term file is malformed. `problems` holds one text per fault, each with file, line and field."""

    def __init__(self, problems: "list[str] | str") -> None:
        self.problems: list[str] = [problems] if isinstance(problems, str) else list(problems)
        shown = self.problems[:20]
        if len(self.problems) > len(shown):
            shown.append(f"… and {len(self.problems) - len(shown)} more")
        super().__init__("\n".join(shown))


class TermBaseError(GlossaryError):
    """A compiled term base is missing, damaged, or written by another version."""


class InputError(GlossaryError):
    """What the caller gave (text, file, query, option) cannot be used."""


class UnknownConcept(GlossaryError, KeyError):
    """No concept of the opened bases has this id."""

    def __str__(self) -> str:
        return str(self.args[0])


class MissingPart(GlossaryError):
    """A feature needs a package that is not installed; the message says which."""


class ServiceError(GlossaryError):
    """A glossary that is asked over HTTP cannot be reached, or has failed; the message says which."""
