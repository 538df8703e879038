-- A compiled term base. Written once, then only read. `n` numbers the concepts in pinyin order.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE concept (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  domain TEXT NOT NULL,           -- the main one
  status TEXT NOT NULL,
  pinyin TEXT NOT NULL,           -- toneless reading of the first term: order and A–Z index
  english TEXT NOT NULL,          -- first rendering in lower case: order and A–Z index
  weight INTEGER NOT NULL,        -- how much is known of it: breaks ties between equal matches
  data TEXT NOT NULL              -- the whole entry as JSON, as model.concept_from takes it
);
-- Whatever a concept can be found by, in the form to compare by; termbase.keys says what the fields are.
-- `term` is the number of the designation in the entry.
CREATE TABLE key (field TEXT NOT NULL, text TEXT NOT NULL, n INTEGER NOT NULL, term INTEGER NOT NULL, use INTEGER NOT NULL,
  PRIMARY KEY (field, text, n, term)) WITHOUT ROWID;
-- What lists and facets count, and what concepts are chosen by; termbase.facet says what the fields are.
CREATE TABLE facet (field TEXT NOT NULL, value TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (field, value, n)) WITHOUT ROWID;
CREATE TABLE relation (n INTEGER NOT NULL, type TEXT NOT NULL, target INTEGER NOT NULL, note TEXT NOT NULL,
  inverse INTEGER NOT NULL, PRIMARY KEY (n, type, target, inverse)) WITHOUT ROWID;
CREATE TABLE source (cite TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE retired (id TEXT PRIMARY KEY, targets TEXT NOT NULL) WITHOUT ROWID;
-- Every written form that is looked for in running text; p is its number in the automaton, or below zero that of a
-- single Han character, which the automaton does not look for.
CREATE TABLE pattern (p INTEGER PRIMARY KEY, text TEXT NOT NULL, pinyin TEXT NOT NULL, ns TEXT NOT NULL);
-- The same of English: every inflected and respelled form; `written` says how its letters must stand (termbase.forms).
CREATE TABLE english_pattern (p INTEGER PRIMARY KEY, text TEXT NOT NULL, written INTEGER NOT NULL, ns TEXT NOT NULL);
-- With row numbers: to find a row of a table without them, SQLite reads all of it, and `data` has megabytes.
CREATE TABLE automaton (lang TEXT PRIMARY KEY, library TEXT NOT NULL, version TEXT NOT NULL, digest TEXT NOT NULL, data BLOB NOT NULL);
-- Distinct English words, for typing errors; and what each character sounds like and is made of.
CREATE TABLE word (text TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE character (text TEXT PRIMARY KEY, sounds TEXT NOT NULL, parts TEXT NOT NULL) WITHOUT ROWID;
-- Overlapping pairs of Han characters and syllables of readings (exact infix search for any length), and English words.
CREATE VIRTUAL TABLE han USING fts5(form, sound, prose, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE english USING fts5(term, definition, content='', columnsize=0, tokenize="porter unicode61");
