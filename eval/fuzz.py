"""Fuzzes the readers: `python -m eval.fuzz --minutes 10 [--reader wxr] [--seed 1]`.

Seeds are inputs made here for every format, and the files of `--corpus` where given. Each is changed at random (bits,
cuts, repetitions, pieces of other inputs, tokens that mean something to a parser) and read in this process. Found and
kept in `--keep`: inputs over which a reader raises, gives nothing at all, gives what is no article (markup that could
run, texts that cannot be written as JSON), or needs more than `--seconds`. Exit code 1 when something was found.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
import traceback
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import zstandard

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.installed_readers import readers
from bulaq.intake.reader import Reader, ReadOptions, Source

TEXT = "عادت المطارق إلى الرنين في السوق بعد عشرين عاما من الصمت، ويقول المشرف على الترميم إن العمل بدأ بالسقف الخشبي."
_PAGE = f"""<!DOCTYPE html><html dir="rtl"><head><meta charset="utf-8"><title>سوق النحاسين - الموقع</title><meta property="og:title" content="سوق النحاسين">
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"سوق النحاسين","datePublished":"2021-03-14T09:30:00+03:00","author":[{{"name":"سلمى الحداد"}}]}}</script></head>
<body><h1>سوق النحاسين تستعيد حرفييها</h1><span class="author">كتبت: سلمى الحداد</span><time datetime="2021-03-14">14 مارس 2021</time><figure><img src="/a.jpg" srcset="/a.jpg 1x"><figcaption>السوق | تصوير: فلان</figcaption></figure>
<div class="entry-content"><p>{TEXT}</p><p>{TEXT}<br>{TEXT}</p><ul><li>قدور</li></ul><table><tr><td>١</td><td>٢</td></tr><tr><td>٣</td><td>٤</td></tr></table><blockquote>{TEXT}</blockquote><iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe><p>اقرأ أيضا: <a href="/1">خبر آخر من الأرشيف</a></p></div></body></html>"""
_WXR = f"""<?xml version="1.0" encoding="UTF-8" ?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>ص</title><wp:base_site_url>https://a.example</wp:base_site_url>
<wp:author><wp:author_login>s</wp:author_login><wp:author_display_name><![CDATA[سلمى الحداد]]></wp:author_display_name></wp:author><wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>c</wp:category_nicename><wp:cat_name><![CDATA[ثقافة]]></wp:cat_name></wp:category>
<item><title>عنوان</title><link>https://a.example/1/</link><dc:creator>s</dc:creator><content:encoded><![CDATA[<!-- wp:paragraph --><p>{TEXT}</p><!-- /wp:paragraph --><!-- wp:embed {{"url":"https://youtu.be/abcdefghijk"}} --><figure>https://youtu.be/abcdefghijk</figure><!-- /wp:embed -->]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>1</wp:post_id><wp:post_date>2021-03-14 09:30:00</wp:post_date><wp:post_date_gmt>2021-03-14 06:30:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain="category" nicename="c"><![CDATA[ثقافة]]></category><wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>2</wp:meta_value></wp:postmeta></item>
<item><title>ص</title><excerpt:encoded><![CDATA[السوق]]></excerpt:encoded><wp:post_id>2</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>/a.jpg</wp:attachment_url></item>
<item><title>كلاسيكي</title><content:encoded><![CDATA[[caption id="x"]<img src="/a.jpg"/> تعليق[/caption]

{TEXT}

<p class="MsoListParagraph"><!--[if !supportLists]-->·<!--[endif]-->قدور<o:p></o:p></p> [gallery ids="2"] [video mp4="/v.mp4"]]]></content:encoded><wp:post_id>3</wp:post_id><wp:post_type>post</wp:post_type><wp:status>draft</wp:status></item></channel></rss>"""
_RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>ص</title><item><title>عنوان</title><link>https://a.example/1</link><pubDate>الأحد, 14 مارس 2021 09:30:00 +0300</pubDate><category>ثقافة</category><description><![CDATA[<p>{TEXT}</p>]]></description><media:content url="https://a.example/a.jpg" medium="image"/></item></channel></rss>"""
_ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>ص</title><entry><title type="html">عنوان</title><link href="https://a.example/1"/><published>2021-03-14T09:30:00Z</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p></div></content></entry></feed>"""
_JSON_FEED = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "https://a.example/1", "title": "عنوان", "content_html": f"<p>{TEXT}</p>", "authors": [{"name": "سلمى"}]}]}, ensure_ascii=False)  # fmt: skip
_NINJS = json.dumps({"uri": "https://a.example/1", "headline": "عنوان", "versioncreated": "2021-03-14T09:30:00Z", "body_html": f"<p>{TEXT}</p>", "byline": "سلمى الحداد", "associations": {"main": {"type": "picture", "renditions": {"a": {"href": "https://a.example/a.jpg", "width": 9}}}}}, ensure_ascii=False)  # fmt: skip
_ANS = json.dumps({"type": "story", "version": "0.10.9", "canonical_url": "/a/1/", "headlines": {"basic": "عنوان"}, "display_date": "2021-03-14T09:30:00Z", "credits": {"by": [{"type": "author", "name": "سلمى الحداد"}]}, "taxonomy": {"primary_section": {"_id": "/a/b", "name": "ثقافة"}, "tags": [{"text": "حرف"}]}, "promo_items": {"basic": {"type": "image", "url": "https://a.example/a.jpg", "caption": "السوق"}}, "content_elements": [{"type": "text", "content": TEXT}, {"type": "header", "level": 2, "content": "س"}, {"type": "list", "list_type": "unordered", "items": [{"type": "text", "content": "قدور"}]}, {"type": "table", "header": [{"type": "text", "content": "س"}, {"type": "text", "content": "ص"}], "rows": [[{"content": "١"}, {"content": "٢"}]]}, {"type": "quote", "subtype": "pullquote", "content_elements": [{"type": "text", "content": "قول"}], "citation": {"content": "فلان"}}, {"type": "gallery", "content_elements": [{"type": "image", "url": "https://a.example/b.jpg"}]}, {"type": "oembed_response", "raw_oembed": {"_id": "https://youtu.be/abcdefghijk"}}, {"type": "interstitial_link", "url": "/a/2/", "content": "خبر"}, {"type": "raw_html", "content": "<p>س</p>"}, {"type": "video", "streams": [{"stream_type": "mp4", "url": "https://a.example/v.mp4"}]}]}, ensure_ascii=False)  # fmt: skip
_GHOST = json.dumps({"db": [{"meta": {"exported_on": 1, "version": "5.54.0"}, "data": {"posts": [{"id": "1", "title": "عنوان", "slug": "s", "html": f"<p>{TEXT}</p><figure class='kg-card kg-bookmark-card'><a href='/b/'><div class='kg-bookmark-title'>بطاقة</div></a></figure>", "feature_image": "__GHOST_URL__/a.jpg", "status": "published", "published_at": "2021-03-14T06:30:00.000Z"}, {"id": "2", "title": "مسودة", "lexical": json.dumps({"root": {"children": [{"type": "paragraph", "children": [{"type": "text", "text": TEXT, "format": 1}]}]}}), "status": "draft"}, {"id": "3", "title": "قديم", "mobiledoc": json.dumps({"version": "0.3.1", "atoms": [["soft-return", "", {}]], "cards": [["image", {"src": "/a.png"}]], "markups": [["a", ["href", "https://b.example"]]], "sections": [[1, "p", [[0, [0], 1, TEXT]]], [10, 0]]})}], "posts_tags": [{"post_id": "1", "tag_id": "t", "sort_order": 0}], "tags": [{"id": "t", "name": "ثقافة"}]}}]}, ensure_ascii=False)  # fmt: skip
_CSV = f'id,العنوان,النص,تاريخ النشر,القسم,الكاتب,الصورة,الرابط,الحالة\n1,عنوان,"<p>{TEXT}</p>\n<p>{TEXT}</p>",14/03/2021 09:30,ثقافة,"سلمى الحداد، كريم نصر",/a.jpg,/news/1,1\n2,قصة,"{TEXT}",1615703400,12,7,,,0\n'
_TSV = f'id\ttitle\tintrotext\tfulltext\tstate\tcreated\timages\n1\tعنوان\t<p class="x">{TEXT}</p>\\n\t<p>{TEXT}</p>\t1\t2021-03-14 09:30:00\t{{"image_intro":"a.jpg#x"}}\n2\tس\tNULL\t{TEXT}\t-2\tNULL\tNULL\n'
_ROWS = json.dumps({"data": [{"type": "node--article", "attributes": {"title": "عنوان", "body": {"processed": f"<p>{TEXT}</p>", "summary": "م"}, "created": "2021-03-14T09:30:00Z", "path": {"alias": "/a"}, "status": True}}], "included": [{"id": "1"}]}, ensure_ascii=False)  # fmt: skip
_FLAT = f"الرئيسية\nثقافة\nسوق النحاسين تستعيد حرفييها\nحلب - سلمى الحداد\n14 مارس 2021\n{TEXT}\n{TEXT}\nقد يهمك أيضاً\nخبر آخر من الأرشيف\nأخبار ذات صلة\nخبر ثالث ..."


def _warc() -> bytes:
    payload = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _PAGE.encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/1\r\nWARC-Date: 2021-03-14T06:30:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(payload)}\r\n\r\n"
    return head.encode() + payload + b"\r\n\r\n"


def _arc() -> bytes:
    payload = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _PAGE.encode()
    version = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n\n"
    head = b"filedesc://a.arc 0.0.0.0 20050101000000 text/plain %d\n%s\n" % (len(version), version)
    line = b"http://a.example/1 10.0.0.1 20050314063000 text/html %d\n" % len(payload)
    return head + line + payload + b"\n"


def _with_dictionary() -> bytes:
    kept = _PAGE.encode()[:4000]
    machine = zstandard.ZstdCompressor(dict_data=zstandard.ZstdCompressionDict(kept))
    return b"\x5d\x2a\x4d\x18" + len(kept).to_bytes(4, "little") + kept + machine.compress(_warc())


_RUN_ON = " ".join(f"{_FLAT} {TEXT} {TEXT} {TEXT} جميع الحقوق محفوظة".split())
_FIELDS = 'a:2:{s:11:"td_subtitle";s:4:"نص";s:9:"td_source";s:2:"ص";}'

SEEDS: dict[str, list[bytes]] = {
    "html": [
        _PAGE.encode(),
        _PAGE.encode("utf-16"),
        _PAGE.replace("utf-8", "windows-1256").encode("cp1256", "replace"),
    ],
    "wxr": [
        _WXR.encode(),
        _WXR.replace("_thumbnail_id", "td_post_theme_settings")
        .replace(">2</wp:meta", f">{_FIELDS}</wp:meta")
        .encode(),
    ],
    "feed": [_RSS.encode(), _ATOM.encode(), _JSON_FEED.encode()],
    "warc": [_warc() * 2, gzip.compress(_warc()), _arc(), gzip.compress(_arc()), _with_dictionary()],
    "ninjs": [_NINJS.encode(), f"[{_NINJS},{_NINJS}]".encode(), f"{_NINJS}\n{_NINJS}".encode()],
    "ans": [
        _ANS.encode(),
        f'{{"type": "results", "content_elements": [{_ANS}, {_ANS}]}}'.encode(),
        f"{_ANS}\n{_ANS}".encode(),
    ],
    "ghost": [_GHOST.encode()],
    "tabular": [
        _CSV.encode(),
        _CSV.encode("cp1256", "replace"),
        _TSV.encode(),
        _ROWS.encode(),
        f"{_ROWS[10:-29]}\n".encode() * 3,
    ],
    "flat": [_FLAT.encode(), _FLAT.encode("cp1256", "replace"), _RUN_ON.encode()],
}

TOKENS = [
    token.encode()
    for token in (
        "<", ">", "&", '"', "'", "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "&nbsp;", "&#0;", "&#x110000;", "</p>", "<p>",
        "<table>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "[caption]", "[/caption]", "[gallery]", "[[", "<!-- wp:image {",
        "/-->", "<item>", "</item>", "<entry>", "{", "}", "[", "]", "\\ud800", "\x00", "\x0b", "\u200c", "\u202e", "\ufeff", "١٤٤٢ هـ", "99999999999999999999", "-1",
        "null", "true", "0000-00-00 00:00:00", "WARC/1.0\r\n", "Content-Length: 99999999999\r\n", "\r\n\r\n", "http://[::1", "file:///etc/passwd", "\n\n\n", "a" * 5000,
    )
]  # fmt: skip


def changed(data: bytes, others: Sequence[bytes], dice: random.Random) -> bytes:
    """`data` with one to eight changes."""
    found = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 3, 8))):
        size = len(found)
        at = dice.randrange(size + 1)
        kind = dice.randrange(9)
        if kind == 0 and size:
            found[dice.randrange(size)] ^= 1 << dice.randrange(8)
        elif kind == 1:
            del found[at : at + dice.choice((1, 3, 30, 300, size))]
        elif kind == 2:
            found[at:at] = dice.choice(TOKENS)
        elif kind == 3:
            found[at:at] = dice.choice(TOKENS) * dice.choice((2, 50, 3000))
        elif kind == 4:
            piece = found[at : at + dice.randrange(1, 200)]
            found[at:at] = piece * dice.choice((1, 2, 100))
        elif kind == 5:
            other = dice.choice(others)
            start = dice.randrange(len(other))
            found[at:at] = other[start : start + dice.randrange(1, 2000)]
        elif kind == 6:
            found[at:at] = dice.randbytes(dice.choice((1, 4, 64)))
        elif kind == 7 and size > 10:
            one, two = sorted((dice.randrange(size), dice.randrange(size)))
            found[one:two] = (
                bytes(reversed(found[one:two])) if dice.random() < 0.2 else found[two : two + (two - one)]
            )
        else:
            found[at : at + 4] = dice.choice(TOKENS)
        if len(found) > 2_000_000:
            del found[2_000_000:]
    return bytes(found)


def fault(reader: Reader, data: bytes, seconds: float) -> str | None:
    """What is wrong with the reading of `data`, or None."""
    begin = time.process_time()  # a busy machine is no fault
    try:
        source = Source("fuzz", data=data)
        reader.recognises(source)
        found = list(reader.read(source, ReadOptions(keep_lines=True)))
    except Exception:
        return traceback.format_exc()
    took = time.process_time() - begin
    if took > seconds:
        return f"took {took:.1f} CPU seconds"
    if not found:
        return "gave neither an article nor a refusal"
    for item in found:
        if isinstance(item, Refusal):
            if not item.reason:
                return "a refusal without a reason"
            continue
        problem = _article_fault(item)
        if problem:
            return problem
    return None


def _article_fault(article: IncomingArticle) -> str | None:
    try:
        told = article.as_json(lines=True)
        json.dumps(told, ensure_ascii=False).encode("utf-8")
    except (TypeError, ValueError) as error:
        return f"cannot be written: {error}"
    addresses = [
        article.url,
        article.canonical_url,
        *article.aliases,
        *(link.url for link in article.read_also),
    ]
    addresses += [told["lead_image"]["url"]] if told["lead_image"] else []
    addresses += [block.get("url") for block in told["body"]]
    for address in addresses:
        if address and address.strip().lower().startswith(("javascript:", "data:", "vbscript:", "file:")):
            return f"an address that could run or reach files: {address[:100]}"
    for block in told["body"]:
        if not any(block.get(name) for name in ("text", "items", "rows", "url", "caption", "credit")):
            return f"an empty block: {block}"
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0 when nothing was found, 1 when something was, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.fuzz", description="Fuzzes the readers.")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--reader", choices=sorted(SEEDS), action="append", help="only this one (repeatable)")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--seconds", type=float, default=5.0, help="CPU seconds that one input may take")
    parser.add_argument("--corpus", type=Path, help="a folder of more inputs to start from")
    parser.add_argument("--keep", type=Path, default=Path("var/fuzz"), help="where inputs that fail are kept")
    given = parser.parse_args(arguments)
    seed = given.seed if given.seed is not None else time.time_ns() % 2**32
    dice = random.Random(seed)
    by_format = {reader.format: reader for reader in readers()}
    wanted = [name for name in given.reader or SEEDS if name in by_format]
    extra = (
        [path.read_bytes()[:500_000] for path in sorted(given.corpus.iterdir()) if path.is_file()]
        if given.corpus
        else []
    )
    everything = [data for inputs in SEEDS.values() for data in inputs] + extra
    counts = dict.fromkeys(wanted, 0)
    faults: dict[str, str] = {}
    end = time.monotonic() + given.minutes * 60
    print(f"seed {seed}; readers: {', '.join(wanted)}", flush=True)
    while time.monotonic() < end:
        for name in wanted:
            data = changed(dice.choice(SEEDS[name] + extra), everything, dice)
            counts[name] += 1
            problem = fault(by_format[name], data, given.seconds)
            if problem is None:
                continue
            kind = f"{name}: {problem.strip().splitlines()[-1][:150]}"
            if kind not in faults:
                faults[kind] = problem
                given.keep.mkdir(parents=True, exist_ok=True)
                path = given.keep / f"{name}-{sha256(data).hexdigest()[:12]}"
                path.write_bytes(data)
                print(f"{kind}\n{problem[-1500:]}\nkept: {path}", flush=True)
    print("; ".join(f"{name}: {count} inputs" for name, count in counts.items()) + f"; {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
