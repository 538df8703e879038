"""Compiled term bases: one read-only SQLite file each, with everything that look-up and matching need."""
