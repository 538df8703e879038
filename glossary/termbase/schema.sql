-- A compiled term base. Written once, then only read. `n` numbers the concepts in pinyin order.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE concept (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  domain TEXT NOT NULL,           -- the main one
  status TEXT NOT NULL,
  pinyin TEXT NOT NULL,           -- toneless reading of the first term: order and A–Z index
  english TEXT NOT NULL,          -- first rendering in lower case: order and A–Z index
  data TEXT NOT NULL              -- the whole entry as JSON, as model.concept_from takes it
);
-- Whatever a concept can be found by, in the form to compare by.
CREATE TABLE key (
  text TEXT NOT NULL,
  field TEXT NOT NULL,            -- zh | tones | plain | letters | initials | en | abbr
  n INTEGER NOT NULL,
  form TEXT NOT NULL,             -- the designation (or its reading) as it is written
  use INTEGER NOT NULL,           -- 0 preferred … 3 superseded
  PRIMARY KEY (field, text, n, form)
) WITHOUT ROWID;
CREATE TABLE domain (code TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (code, n)) WITHOUT ROWID;
CREATE TABLE relation (n INTEGER NOT NULL, type TEXT NOT NULL, target INTEGER NOT NULL, note TEXT NOT NULL,
  inverse INTEGER NOT NULL, PRIMARY KEY (n, type, target, inverse)) WITHOUT ROWID;
CREATE TABLE source (cite TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE cited (cite TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (cite, n)) WITHOUT ROWID;
CREATE TABLE retired (id TEXT PRIMARY KEY, targets TEXT NOT NULL) WITHOUT ROWID;
-- Every written form that is looked for in running text; p is its number in the automaton.
CREATE TABLE pattern (p INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, pinyin TEXT NOT NULL, ns TEXT NOT NULL);
CREATE TABLE automaton (library TEXT PRIMARY KEY, version TEXT NOT NULL, digest TEXT NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
-- Overlapping pairs of Han characters (an exact infix search for any length), and English words.
CREATE VIRTUAL TABLE han USING fts5(t, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE english USING fts5(term, definition, content='', columnsize=0, tokenize="porter unicode61 remove_diacritics 2");
