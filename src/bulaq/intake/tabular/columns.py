"""What the columns of a table of articles are called, in the databases and spreadsheets of newsrooms, and what a person said
that they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bulaq.arabic.normalise import matching_key

_NAMES: dict[str, str] = {
    "headline": "headline title post_title news_title article_title story_title title_ar ar_title arabic_title subject node_title"
    "|العنوان|عنوان|عنوان الخبر|عنوان المقال|عنوان المادة|العنوان الرئيسي|عنوان الموضوع",
    "kicker": "kicker overline suptitle sup_title pretitle pre_title toptitle top_title|العنوان العلوي|عنوان علوي|الشارحة|شارحة",
    "body": "body content text html body_html body_value content_html post_content full_text fulltext article_text story details news_body"
    " news_text news_details article_body article_content body_ar content_ar details_ar text_ar"
    "|النص|نص|المتن|متن|المحتوى|محتوى|نص الخبر|متن الخبر|تفاصيل الخبر|التفاصيل|نص المقال|نص المادة|الخبر|الموضوع",
    "opening": "introtext intro_text",
    "standfirst": "standfirst summary excerpt post_excerpt lead intro teaser brief abstract subtitle sub_title subheadline deck"
    " description body_summary short_description"
    "|الملخص|ملخص|المقدمة|مقدمة|الموجز|موجز|المختصر|العنوان الفرعي|عنوان فرعي|نبذة|وصف",
    "published_at": "published_at published publish_date published_date date_published publication_date pub_date pubdate date_time datetime"
    " date publish_up post_date news_date article_date created_at created created_date date_created create_date creation_date insert_date"
    " date_added add_date timestamp|تاريخ النشر|تاريخ|التاريخ|تاريخ الخبر|تاريخ الإضافة|تاريخ الإنشاء|تاريخ المقال",
    "time": "time publish_time news_time|الوقت|وقت النشر|الساعة|ساعة النشر",
    "modified_at": "modified_at updated_at modified updated changed last_modified date_modified post_modified update_date"
    "|تاريخ التعديل|تاريخ التحديث|آخر تحديث|آخر تعديل",
    "section": "section category categories category_name cat_name cat section_name channel desk department field_category field_section"
    "|القسم|قسم|التصنيف|تصنيف|الفئة|فئة|الباب|باب|اسم القسم|الزاوية",
    "authors": "author authors author_name writer writers byline by reporter journalist created_by_alias writer_name field_author"
    "|الكاتب|كاتب|المؤلف|مؤلف|اسم الكاتب|الصحفي|المراسل|المحرر|بقلم|إعداد|كتب",
    "agency": "agency source news_source source_name|المصدر|مصدر|الوكالة|وكالة|مصدر الخبر",
    "place": "dateline place city location|المكان|المدينة|مكان الخبر|الموقع الجغرافي",
    "tags": "tags keywords meta_keywords metakey tag field_tags labels|الوسوم|وسوم|الكلمات المفتاحية|كلمات مفتاحية|الكلمات الدلالية|كلمات دلالية|هاشتاق",
    "url": "url link permalink canonical_url canonical address uri web_url full_url path view_node"
    "|الرابط|رابط|رابط الخبر|عنوان الصفحة|رابط المادة|الوصلة",
    "picture": "image picture photo thumbnail featured_image feature_image image_url main_image lead_image img cover field_image picture_url"
    " photo_url image_intro images|الصورة|صورة|رابط الصورة|صورة الخبر|الصورة الرئيسية",
    "caption": "caption image_caption picture_caption photo_caption image_description|تعليق الصورة|شرح الصورة|وصف الصورة|كلام الصورة",
    "credit": "credit image_credit photo_credit photographer|المصور|تصوير|مصدر الصورة|حقوق الصورة",
    "language": "lang language langcode locale|اللغة|لغة",
    "status": "status state is_published is_active active published_status publish_status visible|الحالة|حالة|حالة النشر|منشور",
}  # fmt: skip

FIELDS = tuple(_NAMES)
"""What a column may be."""


@lru_cache(4096)
def folded(name: str) -> str:
    """A column's name in the form in which names are compared: letters and digits alone."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name[:200])  # publishDate
    return re.sub(r"[\W_]+", "", matching_key(parted))


_FIELD_OF: dict[str, tuple[str, int]] = {}
for _field, _text in _NAMES.items():
    _latin, *_arabic = _text.split("|")
    for _place, _name in enumerate((*_latin.split(), *_arabic)):
        _FIELD_OF.setdefault(folded(_name), (_field, _place))


class ColumnsUnknown(ValueError):
    """No article can be made of these columns."""


@dataclass(frozen=True, slots=True)
class Columns:
    """For each field the columns that may hold it, the likeliest first; `patterns`: fields that are written of columns
    (`/news.php?id={id}`)."""

    of: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, str]

    def value(self, row: Mapping[str, str], field: str) -> str:
        """What a row says for a field: of its columns the first that says anything."""
        pattern = self.patterns.get(field)
        if pattern is not None:
            return filled(pattern, row)
        return next(iter(self.values(row, field)), "")

    def values(self, row: Mapping[str, str], field: str) -> list[str]:
        """All that its columns say of a field, the likeliest first."""
        return [told for name in self.of.get(field, ()) if (told := row.get(name, "").strip())]


_HOLE = re.compile(r"\{([^{}]{1,200})\}")


def filled(pattern: str, row: Mapping[str, str]) -> str:
    """The pattern with the row's values in its holes; empty where one of them says nothing."""
    told = {name: row.get(name, "").strip() for name in _HOLE.findall(pattern)}
    return _HOLE.sub(lambda hole: told[hole[1]], pattern) if all(told.values()) else ""


def stated(text: str) -> tuple[str, str] | None:
    """What a person says of a column, «FIELD=COLUMN»: the field, by any name that is known for it, and the column or pattern.

    >>> stated("النص = article_html"), stated("url=/news.php?id={id}"), stated("nothing")
    (('body', 'article_html'), ('url', '/news.php?id={id}'), None)
    """
    name, _, column = (part.strip() for part in text.partition("="))
    field = name if name in FIELDS else _FIELD_OF.get(folded(name), ("", 0))[0]
    return (field, column) if field and column else None


def recognised(names: Iterable[str]) -> int:
    """How many different fields the columns of these names are; 0 without a text, and without a headline or a date."""
    found = {_FIELD_OF[key][0] for name in names if (key := folded(name)) in _FIELD_OF}
    has_text = bool(found & {"body", "opening"})
    return len(found) if has_text and found & {"headline", "published_at"} else 0


def columns_of(names: Iterable[str], mapped: Mapping[str, str]) -> Columns:
    """The columns of a table, as their names tell and as `mapped` (field → column, or a pattern of columns) says. Raises
    `ColumnsUnknown`."""
    names = list(names)
    found: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        known = _FIELD_OF.get(folded(name))
        if known is not None:
            found.setdefault(known[0], []).append((known[1], name))
    of = {field: tuple(name for _, name in sorted(ranked)) for field, ranked in found.items()}
    patterns: dict[str, str] = {}
    for field, column in mapped.items():
        wanted = _HOLE.findall(column) or [column]
        missing = next((name for name in wanted if name not in names), None)
        if field not in FIELDS or missing is not None:
            what = f"there is no field {field}" if field not in FIELDS else f"there is no column {missing}"
            raise ColumnsUnknown(f"{what}; {_told(names)}")
        if _HOLE.search(column):
            patterns[field] = column
        else:
            of[field] = (column,)
    if not ({"body", "opening"} & {*of, *patterns}):
        raise ColumnsUnknown(f"no column is known as the text of an article; {_told(names)}")
    return Columns(of, patterns)


def _told(names: list[str]) -> str:
    more = "…" if len(names) > 40 else ""
    return f"its columns are: {', '.join(name[:60] for name in names[:40])}{more} (say which is what: --columns body=…)"


def mapped_columns(extra: Mapping[str, str]) -> dict[str, str]:
    """What a person said of the columns (`ReadOptions.extra["columns"]`, JSON: field → column or pattern)."""
    told = json.loads(extra.get("columns") or "{}")
    return {str(field): str(column) for field, column in told.items()} if isinstance(told, dict) else {}
