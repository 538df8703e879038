"""`terms/*.toml` ↔ concepts: shape, reading, canonical form, the folder as a whole."""
