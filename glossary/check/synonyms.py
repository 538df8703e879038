"""English words that a translator may take one for another, inside a rendering of several words.

*Smart cockpit* for *intelligent cockpit*, *training institution* for *training agency*. Most of the pairs differ in
several entries of the term base whose renderings are otherwise the same; each was judged by reading. Words that tell
concepts of this field apart are no pairs: *tender* and *bid* (招标文件, 投标文件), *speech* and *voice* (语音识别,
声纹识别), *personal data* and *personal information*.
"""

from __future__ import annotations

from glossary.check.words import stem

_GROUPS = """
abuse misuse
accident crash
agency body institution organisation institute
agreement contract
alarm alert
apparatus device equipment
assessment evaluation
attorney lawyer
automobile car vehicle
ban bar forbid prohibit
bond deposit
breach leak leakage
budget expenditure fund funding spending
business company enterprise firm
buyer purchaser
campus school
class classroom lesson
coaching tuition tutoring training
collect gather
compulsory mandatory
distance remote
door gate
drink drunk
drowsy fatigued tired
duty obligation
erase delete
evidence proof
exam examination
expressway freeway highway motorway
fake false
family household
film video footage recording
fraud scam
freedom liberty
grave serious severe
handheld mobile portable
handle process
headband headset
identification identity id
illegal unlawful
illegality unlawfulness
image picture photograph photo
individual people person
intelligent smart
internet online web
lab laboratory
lawfulness legality
liability responsibility
motorist driver
open public
oversight supervision
passenger traveller
personnel staff worker employee
poor weak
pupil schoolchild student
ratio rate
regime scheme system
remedy redress relief
retention storage preservation
simultaneous synchronous
successful winning
supplier vendor
tracking tracing
transport transportation
unity solidarity
whereabouts movements
""".strip()

_ALIKE: dict[str, frozenset[str]] = {}
for _line in _GROUPS.splitlines():
    _stems = frozenset(map(stem, _line.split()))
    for _stem in _stems:
        _ALIKE[_stem] = _ALIKE.get(_stem, frozenset()) | _stems


def alike(key: str) -> frozenset[str]:
    """The stems that may stand for a stem, itself among them."""
    return _ALIKE.get(key) or frozenset((key,))
