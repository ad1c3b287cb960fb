"""At the desk: stories, offered topics, repeated texts, related pairs and readings, each with its acts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from lxml import html

from bulaq.newsroom.actions import stories as story_acts
from bulaq.newsroom.actions.publishing import publish
from bulaq.newsroom.desk import readings as desk_readings
from bulaq.newsroom.desk import roles
from bulaq.newsroom.finding import duplicates, following
from bulaq.newsroom.finding.documents import documents
from bulaq.newsroom.models import (
    ArticleTopic,
    Edition,
    MostRead,
    ReadingHour,
    RelatedArticle,
    RelatedChoice,
    Story,
    Topic,
    TopicOffer,
    TwoArticles,
)
from bulaq.newsroom.queries import readings
from tests.newsroom.desk_users import make_user
from tests.newsroom.making import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_indexes", "edition")]

LIBRARY = (
    "أعادت المدينة القديمة افتتاح مكتبتها بعد ترميم دام عامين، وعادت المخطوطات الأندلسية إلى خزائنها الخشبية "
    "كما كانت قبل مئة سنة، وقال فلاديمير بوتين إن المكتبة ستفتح أبوابها كل يوم أمام الباحثين والزوار. "
    "وجُدّدت قاعة القراءة الكبرى وأضيفت إليها طاولات من خشب الجوز، ورُمّمت النوافذ الملونة التي تطل على الفناء، "
    "ووضعت في المدخل خريطة تدل الزائر على أقسام الكتب ومواعيد الجولات التي يقودها أمين المكتبة كل أسبوع."
)
LIBRARY_AGAIN = LIBRARY.replace("دام عامين", "دام ثلاثة أعوام")
MANUSCRIPTS = "المخطوطات الأندلسية في مكتبة المدينة القديمة تحتاج إلى خزائن خشبية جديدة بعد الترميم الطويل."


def arrive(headline, body):
    article = make_article(headline, body=[("paragraph", f"<p>{body}</p>")])
    publish(article_id=article.pk)
    following.index_waiting()
    return article.pk


def edit_page(desk, article):
    return html.fromstring(
        desk.get(reverse("wagtailsnippets_newsroom_article:edit", args=[article])).content.decode()
    )


def panel(desk, article):
    return edit_page(desk, article).xpath("//div[contains(@class, 'desk-connections')]")[0]


def test_a_repeated_text_says_where_it_was_published_and_what_differs(desk):
    first, second = arrive("المكتبة تعود", LIBRARY), arrive("المكتبة تعود إلى المدينة", LIBRARY_AGAIN)
    found = duplicates.repeats_of(next(documents([second])))
    assert [repeat.article.pk for repeat in found] == [first]
    link = panel(desk, second).xpath(".//a[contains(@href, '/compare/')]/@href")[0]
    page = html.fromstring(desk.get(link).content.decode())
    marked = [mark.text for mark in page.xpath("//mark")]
    assert "عامين" in marked
    told = edit_page(desk, second).xpath("//template[contains(@data-w-teleport-target-value, 'connections')]")
    assert told[0].text_content().strip() == "1"
    assert "ثلاثة أعوام" in marked
    (button,) = panel(desk, second).xpath(".//form[contains(@action, '/compare/')]//button")
    desk.post(link, {button.get("name"): button.get("value")})
    for one in (first, second):
        assert duplicates.repeats_of(next(documents([one]))) == [], "told apart from both sides"
    assert not panel(desk, second).xpath(".//form[contains(@action, '/compare/')]")
    (way_back,) = panel(desk, second).xpath(".//a[contains(@href, '/compare/')]/@href")
    desk.post(way_back, {"act": "ask"})
    assert len(duplicates.repeats_of(next(documents([first])))) == 1


def test_a_text_that_is_the_same_has_nothing_marked(desk):
    first, second = (
        make_article("المكتبة تعود", body=[("paragraph", f"<p>{LIBRARY}</p>")]) for _ in range(2)
    )
    page = desk.get(reverse("newsroom_compare", args=[first.pk, second.pk])).content.decode()
    assert "لا اختلاف" in page
    assert "معلّمة" not in page


def test_the_pieces_of_a_comparison_are_the_texts():
    compared = duplicates.compare(LIBRARY, LIBRARY_AGAIN)
    assert "".join(piece.text for piece in compared.before) == LIBRARY
    assert "".join(piece.text for piece in compared.after) == LIBRARY_AGAIN
    assert compared.passages == 1


def test_a_related_pair_shows_why_and_is_pinned_banned_and_left_alone(desk):
    first, second = arrive("المكتبة تعود", LIBRARY), arrive("مخطوطات المكتبة", MANUSCRIPTS)
    assert "المشترك" in panel(desk, first).text_content()
    url = reverse("newsroom_related", args=[first])
    desk.post(url, {"other": second, "act": "ban"})
    following.index_waiting()
    assert not RelatedArticle.objects.filter(article_id=first).exists()
    desk.post(url, {"other": second, "act": "undo"})
    following.index_waiting()
    assert RelatedArticle.objects.filter(article_id=first, related_id=second).exists()
    desk.post(url, {"other": second, "act": "pin"})
    assert RelatedChoice.objects.get().kind == "pin"
    assert desk.post(url, {"other": 999, "act": "pin"}, follow=True).status_code == 200
    assert RelatedChoice.objects.count() == 1


def test_a_reporter_sees_the_connections_and_changes_none(client):
    article = arrive("المكتبة تعود", LIBRARY)
    client.force_login(make_user(roles.REPORTER))
    assert not panel(client, article).xpath(".//form")
    other = arrive("المكتبة تعود إلى المدينة", LIBRARY_AGAIN)
    for address, act in (
        (reverse("newsroom_related", args=[article]), {"other": other, "act": "pin"}),
        (reverse("newsroom_compare", args=[article, other]), {"act": "apart"}),
    ):
        assert client.post(address, act).status_code != 200
    assert not RelatedChoice.objects.exists()
    assert not TwoArticles.objects.exists()


def test_a_name_found_in_an_article_becomes_its_topic_with_one_click(desk):
    article = arrive("المكتبة تعود", LIBRARY)
    form = panel(desk, article).xpath(".//form[contains(@action, 'topic-offers/of')]")[0]
    values = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    desk.post(form.get("action"), values | {"act": "accept"})
    assert ArticleTopic.objects.filter(article_id=article).exists()


def test_offers_are_answered_in_bulk(desk):
    arrive("المكتبة تعود", LIBRARY)
    extra = TopicOffer.objects.create(name="شيء", matching_name="شيء", kind="person", rule="given")
    offer = TopicOffer.objects.get(name="فلاديمير بوتين")
    url = reverse("newsroom_topic_offers:index")
    assert "فلاديمير بوتين" in desk.get(url).content.decode()
    desk.post(url, {"offer": [offer.pk], "act": "accept", f"name-{offer.pk}": "بوتين"})
    desk.post(url, {"offer": [extra.pk], "act": "reject"})
    assert Topic.objects.get().name == "بوتين"
    assert set(TopicOffer.objects.values_list("state", flat=True)) >= {"accepted", "rejected"}
    other = TopicOffer.objects.create(
        name="الرئيس بوتين", matching_name="الرييس بوتين", kind="person", rule="title"
    )
    desk.post(url, {"offer": [other.pk], "act": "into", "into": "فلاديمير بوتين"})
    other.refresh_from_db()
    assert other.topic == Topic.objects.get()


def test_topics_that_are_one_are_merged_and_a_topic_not_with_itself(desk):
    kept, gone = (Topic.objects.create(name=name, language="ar") for name in ("القاهرة", "مدينة القاهرة"))
    url = reverse("newsroom_topic_offers:merge")
    assert desk.get(url).status_code == 200
    for merged in ("", "999999999", kept.pk):
        assert desk.post(url, {"keep": kept.pk, "merged": merged}).status_code == 200
    assert Topic.objects.count() == 2
    assert "القاهرة" in desk.post(url, {"keep": kept.pk, "merged": gone.pk}, follow=True).content.decode()
    assert Topic.objects.get() == kept


def test_a_story_is_renamed_filled_emptied_and_closed(desk):
    ids = [arrive(f"خبر {n}", f"نص قصير رقم {n}") for n in range(2)]
    desk.post(reverse("newsroom_stories:begin"), {"article": ids[0]})
    story = Story.objects.get()
    url = reverse("newsroom_stories:story", args=[story.pk])
    desk.post(url, {"act": "rename", "title": "قصة المكتبة"})
    desk.post(url, {"act": "add", "article": ids[1]})
    assert set(story_acts.member_ids(story.pk)) == set(ids)
    other = story_acts.begin_story(
        title="أخرى",
        language="ar",
        article_ids=[arrive("رياح خفيفة", "تهب على الساحل صباحا")],
        added_by="editor",
    )
    desk.post(url, {"act": "merge", "merged": other.pk})
    assert 'value="part"' in desk.get(url).content.decode()
    desk.post(url, {"act": "part", "merged": other.pk})
    assert 'value="part"' not in desk.get(url).content.decode()
    assert set(story_acts.member_ids(story.pk)) == set(ids)
    desk.post(url, {"act": "remove", "article": ids[0]})
    desk.post(url, {"act": "show", "showing": "always"})
    desk.post(url, {"act": "close"})
    story.refresh_from_db()
    assert (story.title, story.state, story.is_public) == ("قصة المكتبة", "closed", True)
    assert story_acts.member_ids(story.pk) == [ids[1]]
    index = reverse("newsroom_stories:index")
    for page in (url, index, f"{index}?q=المكتبه", f"{index}?q=قصة", f"{index}?state=closed"):
        assert "قصة المكتبة" in desk.get(page).content.decode()
    for query in ("كسوف", "ـــ"):
        assert "قصة المكتبة" not in desk.get(index, {"q": query}).content.decode()
    assert "قصة المكتبة" not in desk.get(index, {"state": "open"}).content.decode()


def test_a_draft_shows_what_would_stand_beside_it_and_takes_a_pin_that_nothing_found(desk):
    near, far = arrive("المكتبة تعود", LIBRARY), arrive("رياح خفيفة", "تهب على الساحل صباحاً.")
    draft = make_article("مخطوطات المكتبة", body=[("paragraph", f"<p>{MANUSCRIPTS}</p>")]).pk
    beside = panel(desk, draft)
    edit = "wagtailsnippets_newsroom_article:edit"
    assert beside.xpath(f".//ol//a[@href='{reverse(edit, args=[near])}']")
    assert not beside.xpath(f".//a[@href='{reverse(edit, args=[far])}']")
    form = beside.xpath(".//form[contains(@class, 'choose')]")[0]
    assert form.xpath(".//input[@name='other']")
    desk.post(form.get("action"), {"other": far, "act": "pin"})
    assert panel(desk, draft).xpath(f".//ol/li[1]/a[@href='{reverse(edit, args=[far])}']")


def test_readings_are_drawn_and_told_as_a_table(desk, edition, django_assert_max_num_queries):
    article = arrive("المكتبة تعود", LIBRARY)
    now = readings.hour_of(timezone.now())
    for back in range(3):
        ReadingHour.objects.create(
            article_id=article, edition=edition, hour=now - timedelta(hours=back), readers=10 * (back + 1)
        )
    MostRead.objects.create(
        edition=edition, window="3h", position=0, article_id=article, score=1, computed_at=now
    )
    with django_assert_max_num_queries(16):
        page = html.fromstring(desk.get(reverse("newsroom_readings:index")).content.decode())
    assert page.xpath("//*[local-name()='svg']/*[local-name()='rect']")
    assert "المكتبة تعود" in page.text_content()
    assert page.xpath("//figure//table//td[text()='10']")
    assert "desk-readings" in desk.get("/desk/").content.decode()
    page = html.fromstring(desk.get(reverse("newsroom_readings:article", args=[article])).content.decode())
    assert page.xpath("//*[local-name()='line'][@class='desk-chart__mark']")


def test_time_runs_in_the_direction_of_the_desk():
    hours = [readings.Hour(timezone.now() + timedelta(hours=n), n + 1) for n in range(4)]
    with translation.override("ar"):
        right_to_left = desk_readings.chart(hours)
    with translation.override("en"):
        left_to_right = desk_readings.chart(hours)
    assert right_to_left.begins > right_to_left.ends
    assert left_to_right.begins < left_to_right.ends
    for drawn in (right_to_left, left_to_right):
        assert all(bar.x >= 0 and bar.x + bar.width <= drawn.width for bar in drawn.bars)
        assert max(bar.height for bar in drawn.bars) <= drawn.base


def test_an_hour_that_is_over_is_summed_once(edition, django_assert_num_queries):
    Edition.objects.get()
    readings.today(edition)
    with django_assert_num_queries(0):
        readings.today(edition)
