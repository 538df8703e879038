"""A translation held against its source: is every term rendered, and as the term base has it."""
