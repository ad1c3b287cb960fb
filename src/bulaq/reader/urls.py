"""The addresses of the public site. `newsroom.addresses` writes them, this reads them; a test holds the two together."""

from __future__ import annotations

from django.urls import path, re_path

from bulaq.reader import path_converters  # noqa: F401 - registers <id:…> and <part:…>
from bulaq.reader.machine import urls as machine
from bulaq.reader.views import archive, article, author, fragments, home, search, section, story, topic

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("search/suggestions", search.suggestions, name="suggestions"),
    path("search.json", search.search_json, name="search-json"),
    path("author/<id:identity>/", author.author, {"slug": ""}),
    path("author/<id:identity>-<part:slug>/", author.author, name="author"),
    path("topic/<id:identity>/", topic.topic, {"slug": ""}),
    path("topic/<id:identity>-<part:slug>/", topic.topic, name="topic"),
    path("story/<id:identity>/", story.story, {"slug": ""}),
    path("story/<id:identity>-<part:slug>/", story.story, name="story"),
    re_path(
        r"^archive/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})/$",
        archive.archive,
        name="archive",
    ),
    path("_/box/shared/<id:edition_id>/", fragments.shared, name="box-shared"),
    path("_/box/breaking/<id:edition_id>/", fragments.breaking, name="box-breaking"),
    path("_/box/related/<id:edition_id>/<id:article_id>/", fragments.related, name="box-related"),
    path("_/box/section/<id:edition_id>/<id:section_id>/", fragments.of_section, name="box-section"),
    *machine.urlpatterns,
    path("<part:section>/", section.section, name="section"),
    path("<part:section>/<id:identity>/", article.article, {"slug": ""}),
    path("<part:section>/<id:identity>-<part:slug>/", article.article, name="article"),
]
