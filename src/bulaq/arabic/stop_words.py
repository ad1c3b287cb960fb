"""Words too frequent to tell one text from another, in their normalised form («إلى» is «الي» here).

Written for news: prepositions, pronouns, particles, auxiliaries and the words that ask. Words that newsrooms use to
report speech («قال», «أكد») are not here: they are frequent, and BM25 already makes them light.
"""

from __future__ import annotations

from typing import Final

_BARE = """
في من الي علي عن مع منذ حتي عند لدي بين ضد عبر خلال حول نحو قبل بعد فوق تحت امام وراء خلف دون بدون سوي ازاء لدن
ان انه انها انهم انهما انني اننا انك كان كانت كانوا يكون تكون يكونوا ليس ليست لم لن لا ما لما اما اذا اذ اذن لو لولا كي لكي
هو هي هم هن هما انت انا نحن انتم هذا هذه هذان هذين هاتان هاتين هؤلاء هولاء ذلك تلك اولئك اوليك ذا ذاك هنا هناك هنالك
الذي التي الذين اللذين اللتين اللذان اللتان اللواتي اللاتي
كل بعض غير مثل اي ايه ايضا كما كذلك بل او ام ثم قد لقد سوف الا انما حيث حين حينما عندما بينما كلما لكن لكنه لكنها لكنهم
به بها بهم بهن بي بك بنا له لها لهم لهن لهما لي لك لنا فيه فيها فيهم فيهما منه منها منهم منهما عنه عنها عنهم عليه عليها عليهم
اليه اليها اليهم اليهما معه معها معهم لديه لديها لديهم عنده عندها بينهم بينها بينهما خلاله خلالها بعده بعدها قبله قبلها
حوله حولها دونه ضده ضدها نفسه نفسها انفسهم ذاته ذاتها كله كلها كلهم بعضهم بعضها احد احدي
ومن وفي وعلي والي وعن ومع وان وانه وانها وهو وهي وهم وهذا وهذه وذلك وتلك ولا ولم ولن وما وقد ولقد وكان وكانت وكما وبعد
وقبل ومنذ وحتي وبين ولكن ولكنه ولكنها واذا وكل وكذلك وايضا وثم وليس وحيث وحول ومنها ومنهم وفيها وله ولها ولهم وبها وبه
فان فانه فانها فهو فهي فقد فلا فلم فلن فما فيما مما عما بما لما كيلا لان لانه لانها لانهم بان بانه بانها كان كانه كانها
وان فاذا والذي والتي والذين الان حاليا مجرد فقط جدا اكثر اقل
"""

_ASKING = "ماذا متي اين كيف كم لماذا هل ايهما بماذا بم مم فيم الام علام لمن بمن ممن ماهو ماهي"
_ALSO_ASKING = "ما من اي ايه لم عم عما مما منذ"

_LATIN = """
the a an of and or in on at to for from by with is are was were be been as that this these those it its he she they we
what which who whom whose when where why how
have has had do does did not but if than then there their his her him them our your my you i me can could would should
into over about after before between out up so no also
le la les de des du un une et en au aux dans sur pour par
"""

ASKING_WORDS: Final[frozenset[str]] = frozenset((*_ASKING.split(), *("ما", "من")))
"""The words with which a question begins; «ما» and «من» have other uses, but hardly at the beginning of a query."""

_SPOKEN = """
ليش ليه شو شنو شنهو ايش اش وش شلون كيفاش علاش فين وين امتي ايمتي ازاي قديش بكام مين منو منهو عايز عاوز اريد ابغي بدي
"""

_SPOKEN_PARTICLES = """
اللي عشان علشان منشان مشان بتاع بتاعت بتوع ديال ده هيك كده كدا موش لسه لسا كمان بدها بدو بدهم دلوقتي الحين هسه هلق
"""

SPOKEN_ASKING: Final[frozenset[str]] = frozenset(_SPOKEN.split())
"""How people ask in speech («ليش», «شو», «إزاي»), in normalised form: no stop words, for texts have some of them in names
(«شين فين»), but at the beginning of a query they only ask."""

SPOKEN_PARTICLES: Final[frozenset[str]] = frozenset(_SPOKEN_PARTICLES.split())
"""What ties words together in speech and says nothing by itself, in normalised form; no stop words, for texts hardly
have them but in titles («عشان بنحبك»)."""

STOP_WORDS: Final[frozenset[str]] = (
    frozenset(_BARE.split())
    | frozenset(_ASKING.split())
    | frozenset(_ALSO_ASKING.split())
    | frozenset(_LATIN.split())
)
"""All of them, in their normalised form."""
