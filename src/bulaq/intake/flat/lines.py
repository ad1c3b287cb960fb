"""One line of a flattened page and what can be seen on it alone: its words, its end, the labels it matches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bulaq.arabic.dates.reading import FoundDate, read_date
from bulaq.intake.agencies import agency_score
from bulaq.intake.box_headings import HeadingKind, fold_heading, heading_kind, split_read_also
from bulaq.intake.bylines import Byline, parse_byline
from bulaq.intake.flat.marks import Marker, without_marks
from bulaq.intake.flat.opening_verbs import leads_on
from bulaq.intake.flat.run_on import parted
from bulaq.intake.flat.signatures import LIKELY_PERSON, MAX_SIGNED_WORDS, signs
from bulaq.intake.flat.wrapping import InputLine, unwrapped, without_sheets
from bulaq.intake.given_names import person_score
from bulaq.intake.html.noise import noise_line

WIDEST = 200
"""Spaces in a row that are kept: wider than any column, and few enough that nothing looks for their end for long."""
_WIDE = re.compile(rf"[^\S\t]{{{WIDEST},}}")
MAX_LINES = 6_000
"""Lines read of one page; the longest real flattening met had under 2,000."""

_TERMINAL = re.compile(r"[.؟?!؛;۔][\"”»’')\]\s*]*$|[:：]\s*$|[.؟?!][\"”»]|[.؟!]\s*--\s*\(?\S{2,12}\)?\s*$")
_SENTENCE_END = re.compile(
    r"[.؟?!۔…][\"”»’')\]}\s*]*$|(?<!\.)\.{2,}\s*$|[\"”»]\s*$|[:：]\s*$|--\s*\(?\S{2,12}\)?\s*$"
)
_TRUNCATED = re.compile(r"(?:…|\.\.\.)\s*$")
_URL = re.compile(r"^\s*(?:https?://|www\.)\S+\s*$|^\S+@\S+\.\w+$", re.I)
_TIME_ONLY = re.compile(
    r"^[\W_]*(?:il y a\s.{1,30}|(?:منذ|قبل)\s(?:[\d٠-٩۰-۹]|(?:حوالي |نحو )?(?:[\d٠-٩۰-۹]+|ثاني|ثوا|لحظ|دقيق|دقائق|ساع|يوم|أيام|ايام|أسبوع|اسبوع|أسابيع|اسابيع|شهر|أشهر|اشهر|سن[ةت]|سنو|عام|أعوام|اعوام|قليل|بضع|أكثر|اكثر|أقل|اقل|الآن)).{0,28}|.{1,25}\s(?:ago|پیش)|(?:الساعة\s*)?[\d٠-٩۰-۹]{1,2}[:٫.][\d٠-٩۰-۹]{2}(?:[:٫.][\d٠-٩۰-۹]{2})?"
    r"\s*(?:ص|م|am|pm|صباحا[ًَ]?|مساء[ًَ]?|gmt|بتوقيت.{0,20})?|(?:[\d٠-٩]{1,2}\s(?:دقيقة|دقائق|ثانية|ثوان)|دقيقتان|دقيقة(?: واحدة)?)(?: (?:ل|لل)?(?:ال)?قراءة)?|(?:gmt|أمس|اليوم|الآن))[\W_]*$",
    re.I,
)
_AGE = re.compile(r"^\W*(?:(?:منذ|قبل|il y a)\s|.{1,25}\s(?:ago|پیش)\W*$)", re.I)
_LEADING_TIME = re.compile(
    r"^\s*(?:gmt\s*)?[\d٠-٩]{1,2}:[\d٠-٩]{2}\s*(?:gmt)?\s+(?=\S)|^\s*عاجل\s+(?=\S)", re.I
)
_LEADING_CLOCK = re.compile(
    r"^\s*(?:gmt\s*)?[\d٠-٩]{1,2}:[\d٠-٩]{2}\s*(?:gmt|[صم]\b)?\s*[|\-–—]?\s+(?=\S)", re.I
)
_COPYRIGHT = re.compile(
    r"©|\(c\)\s*(?:19|20)\d\d|copyright|جميع الحقوق|حقوق النشر|حقوق الملكية|all rights|tous droits", re.I
)
_CREDIT = re.compile(
    r"^\s*(?:©\s*|م?صدر الصورة\s*[،,]\s*|(?:الصورة|صورة|الصور|صور|المصدر|مصدر الصورة|حقوق الصورة|تصوير|عدسة|بعدسة|رسم|رسوم|ريشة|لوحة|تصميم|خريطة|أرشيف|غرافيك|إنفوغراف|(?:photo|image|picture) (?:credits?|source|by)|photo|photos|photography|picture|image|illustration|drawing|dessin|crédit|credit|source)\s*[:：/-]\s*)(?P<who>.{0,80})$",
    re.I,
)
_CONTACT = re.compile(
    r"^\W*(?:ال)?(?:هاتف|تلفون|تليفون|فاكس|جوال|موبايل|المقر|العنوان|ص\.? ?ب|صندوق البريد|البريد الإلكتروني|البريد|إيميل|phone|tel|fax|address|e-?mail|p\.?o\.? box)\b[^:：]{0,30}[:：]|^\+?[\d\s().-]{7,}$",
    re.I,
)
_FRAME_WORDS = re.compile(
    r"التعليق|تعليقك|تعليقات|المستخدم|حسابك|كلمة السر|كلمة المرور|الخصوصية|الاستخدام|الكوكيز|كوكيز|ملفات تعريف|المتصفح|متصفحك|جافا ?سكريبت|البريد الإلكتروني|بريدك|اشترك|"
    r"نشرتنا|النشرة البريدية|تسجيل الدخول|سجل الدخول|إدارة الموقع|هذا الموقع|موقعنا|الموقع الإلكتروني|تطبيقنا|حقوق (?:النشر|الطبع|الملكية)|الحقوق محفوظة|الشتائم|القراء الكرام|المشرفين|المحتوى المحظور|cookie|browser|javascript|privacy|"
    r"subscribe|comment|sign ?up|log ?in|terms of|newsletter|registr|password|account|notification|news alerts|news updates",
    re.I,
)
_DISCLAIMER = re.compile(
    r"لا تعبر (?:بالضرورة )?عن|لا يعبر (?:بالضرورة )?عن|تعبر عن (?:رأي|آراء|وجهة نظر) (?:كاتب|أصحاب)|تعكس وجهات نظر|يحتفظ الموقع|تخضع التعليقات|بمراجعة التعليقات|مراجعة التعليقات|نشر التعليقات|"
    r"^ضغطك على|^باستخدامك|^باستمرارك|^يستخدم (?:هذا )?الموقع|^نستخدم|^we use|يوما، عبر اتباع الرابط|^هل (?:كان|وجدت) (?:هذا )?(?:ال)?(?:مقال|محتوى|موضوع|صفحة|ماد[ةه]).{0,20}مفيد|لا ت?غني عن استشارة|فتح في نافذة جديدة|من أجل الاشتراك ي?ُ?رجى|^(?:زر )?(?:ال)?(?:ذهاب|عودة|صعود|انتقال|رجوع|تخط[ىيٍ]?|تجاوز|انتقل|انتقلي|قفز|اذهب|عد) (?:مباشرة )?(?:إلى|الى|ل)\s?(?:ال)?(?:أعلى|اعلى|محتوى|صفحة|بداية|قائمة|تنقل)|^(?:skip|jump) to\s|^aller (?:au|à la) (?:contenu|navigation)|^تابع(?:وا|ونا|نا)?\s.{2,30}\s(?:على|عبر)\s*[:：]?$|^(?:maintained|developed|designed|powered) (?:and |by )|^(?:تصميم|تطوير|برمجة|تنفيذ) و(?:تصميم|تطوير|برمجة|تنفيذ|استضافة)|معتمدة? (?:من|لدى) وزارة|ترخيص رقم"
)
MIN_LABELS = 5
"""Words of a menu on one line; fewer may be a headline about the economy and sport."""

LABELS_SHARE = 0.6
"""The share of its words that name sections or pages of the house."""

_JOINED = re.compile(r"(?:و|لل|بال|the$|of$|and$|et$|de$|la$|le$|les$|en$|in$|[\d٠-٩])", re.I)
_PUNCTUATED = re.compile(r"[،:؛«»\"()]|\s(?:في|من|على|عن|إلى|الى|مع|بعد|قبل|بين)\s")
_SOURCE_LABEL = re.compile(r"^\W*(?:المصدر|source)\s*[:：]", re.I)
_ISSUE = re.compile(r"\bالعدد\s*:?\s*\(?[\d٠-٩]{3,6}\)?(?!.*\.\s*$)")
"""The number of a paper's issue, as a whole line."""
_END_OF_BOX = re.compile(
    r"(?:skip .{0,60} and continue reading.{0,60}|end of .{0,40}|نهاية(?: (?:ال)?(?:قصص|مواضيع|أكثر|مقالات|بودكاست|فيديو|قائمة).{0,30})?|.{3,40}\sنهاية)$",
    re.I,
)
_WEEKDAY_END = re.compile(
    r"(?:\W|(?<=[\u0621-\u064a]))*(?:ال)?(?:سبت|[أا]حد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة)\W*$|\W+(?:في|يوم|بتاريخ|on)?\W*$"
)
_LAST_COLON = re.compile(r"(?<=\w)\s*[:：]$")
_INITIAL = re.compile(r"\b(?:د|أ|م|ب|ف)\.")
"""A title («د. …») or an agency's letters, whose stop ends no sentence."""
_LABELLED = re.compile(r"^\W*(?P<label>[^:：]{3,30}?)\s*[:：]\s*(?P<value>\S.*)$")
_DIRECTION = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
"""Marks of direction: part of the text, but nothing that tells what a line is."""
_CONTINUES = re.compile(r"^[،,.;:؛)\]»”!؟?%]|^(?:[\-–—]{1,2}\s)")


@dataclass(frozen=True)
class PageLine:
    """A line with its place on the page; `gap` tells that blank lines stand before it."""

    text: str
    index: int
    gap: bool
    marker: Marker = ""
    """What the flattener's own mark said that the line is."""
    url: str | None = None
    """Where the line as a whole led; None where it was no link or the flattener kept no addresses."""
    sources: tuple[int, ...] = ()
    """The lines of the input that it was made of."""
    cells: tuple[str, ...] = ()
    """The cells of a table's row, where the flattener put tabs between them."""
    given: str = ""
    """The line with its marks of direction, where it has any: `text` is without them."""
    in_menu: bool = False
    """Whether it stands between bars on lines of their own («|»), as the pieces of a menu do."""

    def shown(self, part: str | None = None) -> str:
        """The line, or a part of its text, as the page gave it: with its marks of direction."""
        part = self.text if part is None else part
        places = [index for index, char in enumerate(self.given) if not _DIRECTION.match(char)]
        at = "".join(self.given[index] for index in places).find(part) if part else -1
        if at < 0:
            return part
        begin = places[at] if at else 0
        end = places[at + len(part)] if at + len(part) < len(places) else len(self.given)
        return self.given[begin:end].strip()

    @cached_property
    def folded(self) -> str:
        return fold_heading(self.text)

    @cached_property
    def words(self) -> int:
        return len(self.folded.split())

    @cached_property
    def has_ink(self) -> bool:
        """Whether any letter or digit stands on the line."""
        return bool(self.folded)

    @cached_property
    def is_sentence(self) -> bool:
        """Whether the line ends as a sentence ends, or holds the end of one."""
        return bool(_TERMINAL.search(self.text))

    @cached_property
    def ends_sentence(self) -> bool:
        return bool(_SENTENCE_END.search(self.text))

    @cached_property
    def is_truncated(self) -> bool:
        return bool(_TRUNCATED.search(self.text))

    @cached_property
    def continues(self) -> bool:
        """Whether the line begins in the middle of a sentence (with a comma, a closing bracket …)."""
        return bool(_CONTINUES.match(self.text)) and not re.match(r"^[\-–—]\s?\S", self.text)

    @cached_property
    def is_url(self) -> bool:
        return bool(_URL.match(self.text))

    @cached_property
    def is_time(self) -> bool:
        return bool(_TIME_ONLY.match(self.text))

    @cached_property
    def is_age(self) -> bool:
        """Whether the line says how long ago something was («منذ ساعتين»)."""
        return self.is_time and bool(_AGE.match(self.text))

    @cached_property
    def is_copyright(self) -> bool:
        return bool(_COPYRIGHT.search(self.text)) and self.words <= 25

    @cached_property
    def is_menu(self) -> bool:
        """A menu on one line («الرئيسية | العالم | …») or a way to reach the house (telephone, address)."""
        return (
            self.in_menu
            or len(re.findall(r"\s[|•·]\s|\|", self.text.strip(" |•·"))) >= 2
            or bool(_CONTACT.search(self.text))
            or self.is_row_of_labels
        )

    @cached_property
    def is_row_of_labels(self) -> bool:
        """A menu whose labels were joined by spaces alone («الرئيسية أخبار رياضة فن اتصل بنا»)."""
        if not MIN_LABELS <= self.words <= 40 or self.is_sentence or _PUNCTUATED.search(self.text):
            return False
        words = self.text.split()
        if any(_JOINED.match(word) for word in words):
            return False  # a phrase: «أول مشاركة للبنان والعراق»
        return sum(heading_kind(word) is not None for word in words) >= LABELS_SHARE * len(words)

    @cached_property
    def credit(self) -> str | None:
        match = (
            _CREDIT.match(self.text)
            if self.words <= 10 and not re.search(r"(?:19|20)\d\d|الحقوق", self.text)
            else None
        )
        if match is None:
            return None
        return self.text if not self.text.startswith("©") else match["who"].strip()

    @cached_property
    def heading(self) -> HeadingKind | None:
        return (
            heading_kind(self.text) if len(self.text) <= 90 and self.has_ink and not self.ends_box else None
        )

    @cached_property
    def invitation(self) -> tuple[str, str] | tuple[()]:
        """Heading and link of «اقرأ أيضا: …» on one line."""
        return split_read_also(self.text)

    @cached_property
    def noise(self) -> str:
        if not self.has_ink:
            return "whole"
        found = noise_line(self.text)
        told = any(map(str.isdigit, self.text)) or self.words <= 3
        return "" if found == "meta" and not told else found  # «تحديث مناهج …» dates nothing

    @cached_property
    def names_frame(self) -> bool:
        """Whether the line speaks of what only a site has: comments, accounts, cookies."""
        return bool(_FRAME_WORDS.search(self.text))

    @cached_property
    def is_boilerplate(self) -> bool:
        """A sentence of the site, not of the article: comments, cookies, accounts, disclaimers."""
        if _DISCLAIMER.search(self.text) or (self.words <= 18 and _ISSUE.search(self.text)):
            return True
        hits = len(_FRAME_WORDS.findall(self.text)) if self.names_frame else 0
        return hits >= 2 if self.words > 12 else (hits >= 1 and self.words <= 8) or hits >= 2

    @cached_property
    def date(self) -> FoundDate | None:
        """The date that the line as a whole tells; None on lines that say much else."""
        if self.words > 16 or not any(char.isdigit() for char in self.text) or self.is_url:
            return None
        found = read_date(self.text[:200])
        if found is None or found.precision == "month":
            return None
        rest = self.text[: found.span[0]] + " " + self.text[found.span[1] :]
        others = [word for word in fold_heading(rest).split() if len(word) > 1 and not word.isdigit()]
        known = sum(1 for word in others if word in DATE_WORDS)
        return found if len(others) - known <= 2 else None

    @cached_property
    def ends_box(self) -> bool:
        """A mark for those who listen to the page: a box ends here, the text goes on."""
        return self.words <= 12 and bool(_END_OF_BOX.match(self.text))

    @cached_property
    def beside_date(self) -> Byline | None:
        """Who signs on the line of the date («فلانة | الأحد 14 مارس 2021», without the bar too)."""
        if self.date is None or self.date.span[0] < 5:
            return None
        before = _WEEKDAY_END.sub("", self.text[: self.date.span[0]])
        found = parse_byline(before)
        names = (*found.people, *found.agencies)
        if not found.people or len(before.split()) > 10 or any(len(name.split()) < 2 for name in names):
            return None
        return found if all(person_score(name) >= LIKELY_PERSON for name in found.people) else None

    @cached_property
    def said_source(self) -> Byline | None:
        """The agencies that the line names as where the article is from («المصدر: وكالات»); None for other lines."""
        if self.words > 8 or not _SOURCE_LABEL.match(self.text):
            return None
        found = parse_byline(self.text)
        known = any(agency_score(name) >= 8 for name in found.agencies)
        return found if known and not found.people else None

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """Topics on the line of their label («الوسوم: …، …»), or each behind its own hash («#آثار #متاحف»)."""
        if self.text.startswith("#") and all(word.startswith("#") for word in self.text.split()):
            return tuple(
                word.strip("#").replace("_", " ") for word in self.text.split() if fold_heading(word)
            )
        match = _LABELLED.match(self.text)
        if match is None or heading_kind(match["label"]) != "tags" or self.words > 40:
            return ()
        parts = re.split(r"\s*[،,|•·؛;#]\s*", match["value"])
        names = tuple(part.strip(" .") for part in parts if fold_heading(part))
        return names if all(len(name.split()) <= 6 for name in names) else ()

    @cached_property
    def title_text(self) -> str:
        """The line without a time or «عاجل» in front, as tickers put it."""
        return _LEADING_TIME.sub("", self.text).strip()

    @cached_property
    def link_text(self) -> str:
        """The line as a headline that leads elsewhere: without the clock that lists put in front."""
        return _LEADING_CLOCK.sub("", self.text).strip() or self.text

    @cached_property
    def is_title_like(self) -> bool:
        """Reads like a headline: some words, no end of a sentence, no label."""
        if sum(word.isalpha() for word in self.folded.split()) < 2:
            return False
        if not 3 <= self.words <= 32 or self.is_url or self.is_copyright or self.is_time or self.is_menu:
            return False
        if re.search(r"[^.]\.\s*$", self.text) and self.words > 5:
            return False
        return not (
            self.noise
            or self.date
            or self.is_boilerplate
            or self.heading in ("share", "comments", "form", "tags")
        )

    @cached_property
    def byline(self) -> Byline | None:
        """The byline that the line is, by its shape alone; None when it reads like anything else."""
        text = _LAST_COLON.sub("", self.text)
        if not 1 <= self.words <= MAX_SIGNED_WORDS or (_TERMINAL.search(text) and not _INITIAL.search(text)):
            return None
        if self.heading or self.is_url or self.credit is not None or self.is_truncated:
            return None
        if "©" in self.text or "؟" in self.text:
            return None
        found = parse_byline(text)
        return found if signs(found, self.text, self.words) else None

    @cached_property
    def prose(self) -> float:
        """How much the line speaks for running text (positive) or for the frame (negative)."""
        if not self.has_ink:
            return 0.0
        if self.is_url or self.is_copyright or self.is_menu:
            return -2.0
        if self.is_boilerplate:
            return -2.5
        if self.noise or self.is_time or self.date:
            return -1.2
        if self.heading and self.words <= 9 and not (self.is_sentence and self.words > 5):
            return -0.5 if self.heading == "read_also" else -1.2
        if self.invitation or self.ends_box:
            return -0.2
        if self.is_truncated and self.words < 25:
            return -0.8
        if self.words >= 40:
            return 4.0 if self.is_sentence or "،" in self.text or "," in self.text else 2.0
        if self.words >= 20:
            return 3.0 if self.is_sentence else 1.6 if "،" in self.text else 0.6
        if self.words >= 10:
            if not (self.is_sentence and self.ends_sentence):
                return 0.5 if leads_on(self.text) else -0.25
            return 1.6 if re.search(r"[^.]\.[\"”»)]*\s*$", self.text) else 0.5
        if self.words >= 4:
            return 0.5 if re.search(r"[^.]\.[\"”»)]*\s*$|؟\s*$", self.text) else -0.5
        return -0.45


DATE_WORDS = frozenset(
    """نشر نشرت في يوم بتاريخ تاريخ النشر اخر تحديث التحديث حدث الساعه بتوقيت غرينتش جرينتش gmt صباحا مساء مسا الموافق هـ
    ميلاديه ميلادي هجري هجريه published updated posted on at last modified le publie mis jour date الاحد الاثنين الثلاثا الاربعا الخميس الجمعه السبت
    محدثه تم كتب دبي الرياض القاهره بيروت مكه منذ اليوم am pm utc ast""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Page:
    """The lines of a page, and the lines of the input that they were made of, blank ones left out."""

    lines: list[PageLine]
    raw: list[str]


def read_lines(text: str) -> Page:
    """The lines of `text` that hold anything: unwrapped, without sheets and marks, white space folded; at most
    `MAX_LINES` of the input are read."""
    given: list[InputLine] = []
    raw: list[str] = []
    sheets: set[int] = set()
    gap = True
    start = 0
    for match in _LINE_END.finditer(text):
        line, start = text[start : match.start()].strip("\ufeff"), match.end()
        folded = " ".join(line.split())
        if folded:
            shorter = _WIDE.sub(" " * WIDEST, _DIRECTION.sub("", line).rstrip())
            given.append(InputLine(shorter, gap, (len(raw),)))
            raw.append(folded)
            gap = False
        else:
            gap = True
        if match[0] == "\x0c":
            sheets.add(len(given))
        if len(given) >= MAX_LINES or not match[0]:
            break
    given, sheets = _without_tabs(given, sheets)
    kept = without_sheets(given, frozenset(sheet for sheet in sheets if 0 < sheet < len(given)))
    shown = [line for line in kept if line.text]
    lines = [line for line in without_marks(parted(unwrapped(shown))) if line.text]
    menu = _between_bars([line.text for line in lines])
    return Page(
        [
            PageLine(
                line.text,
                index,
                line.gap,
                line.marker,
                line.url,
                line.sources,
                line.cells,
                _with_marks([raw[source] for source in line.sources]),
                index in menu,
            )
            for index, line in enumerate(lines)
        ],
        raw,
    )


def _without_tabs(lines: list[InputLine], sheets: set[int]) -> tuple[list[InputLine], set[int]]:
    """The lines with those taken apart at their tabs that are no rows of a table: menus, «1⇥headline»."""
    cells = [[cell.strip() for cell in line.text.split("\t") if cell.strip()] for line in lines]
    result: list[InputLine] = []
    starts: list[int] = []
    for index, line in enumerate(lines):
        starts.append(len(result))
        count = len(cells[index])
        above = index > 0 and not line.gap and len(cells[index - 1]) == count
        below = index + 1 < len(lines) and not lines[index + 1].gap and len(cells[index + 1]) == count
        row = (above or below) and not (count == 2 and cells[index][0].isdigit() and " " in cells[index][1])
        if count < 2 or row or _MARKED.match(line.text):
            result.append(line)
        else:
            result += [
                InputLine(cell, line.gap and not place, line.sources)
                for place, cell in enumerate(cells[index])
            ]
    return result, {starts[sheet] for sheet in sheets if sheet < len(starts)}


_MARKED = re.compile(r"^\s*(?:[*+•◦▪●○‣·-]|\d{1,3}[.)])\t")
"""A bullet or a number before a tab: an item of a list."""


def _with_marks(sources: list[str]) -> str:
    return " ".join(sources) if any(_DIRECTION.search(source) for source in sources) else ""


MIN_BARS = 3
"""Bars in turn with labels that make a menu; one or two stand between a name and a date."""


def _between_bars(texts: list[str]) -> frozenset[int]:
    """The lines that stand in turn with bars, three at least."""
    found: set[int] = set()
    run: list[int] = []
    for index, text in enumerate([*texts, "", ""]):
        if text in ("|", "•", "·", "/", "‖", "¦"):
            run.append(index)
        elif not run or index - run[-1] > 1:
            if len(run) >= MIN_BARS:
                found.update(range(run[0] - 1, run[-1] + 2))
            run = []
    return frozenset(index for index in found if 0 <= index < len(texts) and len(texts[index]) <= 60)


_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\u0085\u2028\u2029]|\Z")


def page_lines(text: str) -> list[PageLine]:
    """The lines of `read_lines` alone."""
    return read_lines(text).lines
