"""Formats of other programs: a module for each family, one registry, one report of what does not fit."""
