"""Coded rules over the term files. `check` runs them; `RULES` lists them with their messages."""

from glossary.lint.runner import RULES, check

__all__ = ["RULES", "check"]
