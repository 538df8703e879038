"""Ground floor: forms to compare by, script, pinyin, words. Knows nothing of concepts."""
