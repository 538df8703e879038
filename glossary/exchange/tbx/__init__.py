"""TBX (ISO 30042), the exchange format of the field: both generations, every public dialect, both styles in; three out.

`stream` takes entries out of a file safely, `entry` makes a concept of each, `write` writes, `names` holds the
standard's words that both directions share.
"""

from glossary.exchange.tbx.read import read
from glossary.exchange.tbx.write import write

__all__ = ["read", "write"]
