"""A small archive of saved pages of one template that misleads the reader, for tests of the review screen."""

from __future__ import annotations

from pathlib import Path

from bulaq.newsroom.importing.runs import jobs
from bulaq.newsroom.models import Edition, ImportRun

SUBJECTS = ("المكتبة", "المتحف", "السوق", "الميناء", "المرسم", "الحديقة")

HOSTILE = (
    "<script>parent.stolen = 1</script><img src=x onerror='parent.stolen = 2'><svg onload='parent.stolen = 3'></svg>"
    "<iframe src='javascript:parent.stolen=4'></iframe><a href='javascript:parent.stolen=5' onclick='parent.stolen=6'>رابط</a>"
    "<style>@import 'https://tracker.example/a.css'</style><form action='https://tracker.example/'><input autofocus "
    "onfocus='parent.stolen=7'></form><p onmouseover=\"parent.stolen=8\">&lt;script&gt;parent.stolen=9&lt;/script&gt; ليس إلا نصاً</p>"
)


def page(subject: str, number: int, extra: str = "") -> str:
    """A page whose true headline stands in a `div`; its `h1` is the name of a column."""
    text = f"تعود {subject} إلى استقبال الزوار بعد أعمال ترميم طويلة شارك فيها حرفيون من أحياء المدينة كلها. "
    more = f"ويقول العاملون في {subject} إن الإقبال فاق التوقعات، وإن البرنامج يمتد حتى نهاية الموسم المقبل. "
    return (
        f"<html lang='ar' dir='rtl'><head><title>حديث المدينة في كل أسبوع</title>"
        f"<link rel='canonical' href='https://old.example/{number}/'></head><body><div class='top'>الصحيفة القديمة</div>"
        f"<div class='story'><h1 class='column'>حديث المدينة في كل أسبوع</h1><div class='real-title'>{subject} تفتح أبوابها "
        f"من جديد أمام الزوار</div><div class='when'>{number + 1} مايو 2019</div><div class='who'>كتبت: سلمى الحداد</div>"
        f"<div class='text'><p>{text * 3}</p><p>{more * 3}</p><p>ترحب الصحيفة برسائل القراء وتنشر منها ما يتسع له المكان "
        f"في كل عدد.</p></div></div>{extra}</body></html>"
    )


def import_archive(folder: Path, *, hostile: bool = False, trial: bool = False) -> ImportRun:
    """Six pages of the template and one of another, imported."""
    folder.mkdir(exist_ok=True)
    for number, subject in enumerate(SUBJECTS):
        extra = HOSTILE if hostile and number == 0 else ""
        (folder / f"{number}.html").write_text(page(subject, number, extra), "utf-8")
    other = "هذه صفحة من قالب آخر لا شأن له بما سبق، وفيها نص طويل يكفي ليعد مادة صحفية كاملة. " * 4
    (folder / "other.html").write_text(
        f"<html><body><main><article><header><h1>مقالة من قالب آخر مختلف</h1></header><section><p>{other}</p></section>"
        "</article></main></body></html>",
        "utf-8",
    )
    run = jobs.begin(
        inputs=[str(folder)], edition=Edition.objects.first(), options=jobs.RunOptions(workers=1, trial=trial)
    )
    return jobs.work(run.pk)
