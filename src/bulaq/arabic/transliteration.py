"""How a name written in Latin letters may be written in Arabic ones: «Facebook» → «فيسبوك», «Mohamed» → «محمد».

Letters are read as newspapers transcribe them, by sound in English and by letter in names from Arabic; each way costs
the more, the rarer it is. Vowels are mostly long, written or left out. Which of the spellings is right only the archive
can tell (`bulaq.discovery.spelling.learning` asks it).

Who has no Arabic keys writes some letters as the digits that look like them: «7» is ح, «3» is ع («sa3oudia»).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

MOST_SPELLINGS: Final = 300
LONGEST: Final = 16
"""Letters of a word that is looked at."""
_DEAREST: Final = 2.4  # cost of a spelling that is still looked at

_Ways = tuple[tuple[str, float], ...]


def _ways(text: str) -> dict[str, _Ways]:
    """A line for each group of Latin letters: the group, then its Arabic spellings with their costs («-» is nothing)."""
    table: dict[str, _Ways] = {}
    for line in text.strip().splitlines():
        group, *ways = line.split()
        pairs = (way.partition(":") for way in ways)
        table[group] = tuple((letters.replace("-", ""), float(cost or 0)) for letters, _, cost in pairs)
    return table


_ANYWHERE: Final = _ways("""
sch ش سك:.4
tch تش
ck ك
ch تش ش:.1 خ:.5 ك:.4
sh ش
th ث ت:.3 ذ:.6 ط:.8
ph ف
kh خ
gh غ -:.6
dh ذ ض:.3 ظ:.2
wh و
qu كو ق:.3 ك:.3
tz تز تس ز:.4
zz تز ز:.2
gg غ ج:.2 ق:.4
ng نغ نج ن:.8
nh ني نه:.2
gn ني نغ:.3
ce س سي:.3
ci سي س:.3
cy سي
ge ج غ:.2 غي:.3 جي:.3
gi جي غي:.1 ج:.4
tion شن
x كس
b ب
c ك ق:.5
d د ض:.5
f ف
g غ ج ق:.4 ك:.6
h ه ح -:.5
j ج خ:.8 ي:.8
k ك ق:.6
l ل
m م
n ن
p ب
q ق ك:.3
r ر
s س ص:.3 ز:.5
t ت ط:.3
v ف
w و ف:.6
z ز تس:.8
'  - ع:.3
ee ي
ea ي يا:.4 -:.6
ei ي اي:.2
ey ي اي:.4
ie ي يي:.6
ai اي ي:.4 ا:.6
ay اي ي:.2
oo و
ou و او:.5 -:.5
oa و وا:.3
oi وي واي:.4
ow او و:.2
au او و:.3 عو:.5
aw او و:.4
ew يو و:.2
ia يا ي:.8
io يو
ua وا
aa ا اع:.5 ع:.5
a ا -:.3 ي:.6 ه:1.2
e - ي:.2 ا:.6
i ي -:.3 اي:.4
o و -:.4 ا:.6
u و ا:.4 -:.4 يو:.4
y ي اي:.8
2 ا -:.2 ق:.4 ي:.6
3 ع
5 خ
6 ط
7 ح
8 ق غ:.2
9 ص ق:.2
""")
_FIRST: Final = _ways("""
x ز شي:.3
y ي
ai اي ع:.6
au او ا:.4
ea اي ا:.5
ei اي
eu يو او:.4
oo او
ou او و:.5
a ا ع:.6 اي:.6
e ا اي:.2 ع:.9
i ا اي:.1 ع:.6
o ا او ع:.6
u ا او:.1 يو:.2 ع:.9
allah الله
""")
_LAST: Final = _ways("""
ullah الله
allah الله
c ك تش:.6
ah ه ا:.1
a ا ه:.1
e - ي:.3 ه:.5
ey ي
ie ي
o و
y ي
i ي
ue - و:.4
""")
_SPELT: Final = re.compile(r"(?=.*[a-z].*[a-z])[a-z'235-9]+")
_GROUPS: Final = max(map(len, (*_ANYWHERE, *_FIRST, *_LAST)))


@lru_cache(maxsize=2_000)
def arabic_spellings(word: str) -> tuple[tuple[str, float], ...]:
    """The Arabic spellings of a folded Latin word, in normalised letters, the cheapest first, each with its cost (0
    for the plainest way); at most `MOST_SPELLINGS`, none for a word of other letters, or longer than `LONGEST`."""
    if not 2 < len(word) <= LONGEST or not _SPELT.fullmatch(word):
        return ()
    # For each place reached, the spellings up to there with what they cost.
    reached: list[dict[str, float]] = [{} for _ in range(len(word) + 1)]
    reached[0][""] = 0.0
    for place in range(len(word)):
        cheapest = sorted(reached[place].items(), key=lambda item: item[1])[:MOST_SPELLINGS]
        for length, ways in _readings(word, place):
            following = reached[place + length]
            for spelling, cost in cheapest:
                for letters, more in ways:
                    total = cost + more
                    if total > _DEAREST:
                        continue
                    longer = spelling + letters
                    if total < following.get(longer, _DEAREST + 1):
                        following[longer] = total
    found = sorted(reached[-1].items(), key=lambda item: (item[1], item[0]))
    return tuple((spelling, cost) for spelling, cost in found[:MOST_SPELLINGS] if len(spelling) > 1)


def _readings(word: str, place: int) -> list[tuple[int, _Ways]]:
    """The groups of letters that begin at a place, each with its length: the longest, and the first letter alone."""
    found: list[tuple[int, _Ways]] = []
    for length in range(min(_GROUPS, len(word) - place), 0, -1):
        group = word[place : place + length]
        if found and length > 1:
            continue
        if length == 2 and group[0] == group[1] and group not in _ANYWHERE and group[0] in _ANYWHERE:
            return [(2, _ANYWHERE[group[0]])]  # a doubled consonant
        ways = _FIRST.get(group) if place == 0 else None
        if ways is None and place + length == len(word) and place:
            ways = _LAST.get(group)
        if ways is None:
            ways = _ANYWHERE.get(group)
        if ways is not None:
            found.append((length, ways if length > 1 or not found else tuple((w, c + 0.3) for w, c in ways)))
    return found
