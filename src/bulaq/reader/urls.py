"""The addresses of the public site. `newsroom.addresses` writes them, this reads them; a test holds the two together.

Without its slash an address is answered by `views.errors`, which first asks whether anything is there; Django's own
appending, which does not, is left to the desk.
"""

from __future__ import annotations

from django.urls import path, re_path
from django.views.decorators.common import no_append_slash

from bulaq.reader import path_converters  # noqa: F401 - registers <id:…> and <part:…>
from bulaq.reader.machine import urls as machine
from bulaq.reader.views import (
    archive,
    article,
    author,
    fragments,
    home,
    search,
    section,
    standing,
    story,
    topic,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", no_append_slash(search.search), name="search"),
    path("search/suggestions", search.suggestions, name="suggestions"),
    path("search.json", search.search_json, name="search-json"),
    path("author/<id:identity>/", no_append_slash(author.author), {"slug": ""}),
    path("author/<id:identity>-<part:slug>/", no_append_slash(author.author), name="author"),
    path("topic/<id:identity>/", no_append_slash(topic.topic), {"slug": ""}),
    path("topic/<id:identity>-<part:slug>/", no_append_slash(topic.topic), name="topic"),
    path("story/<id:identity>/", no_append_slash(story.story), {"slug": ""}),
    path("story/<id:identity>-<part:slug>/", no_append_slash(story.story), name="story"),
    path("page/<part:slug>/", no_append_slash(standing.standing_page), name="standing-page"),
    re_path(
        r"^archive/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})/$",
        no_append_slash(archive.archive),
        name="archive",
    ),
    path("_/box/shared/<id:edition_id>/", fragments.shared, name="box-shared"),
    path("_/box/breaking/<id:edition_id>/", fragments.breaking, name="box-breaking"),
    path("_/box/related/<id:edition_id>/<id:article_id>/", fragments.related, name="box-related"),
    path("_/box/section/<id:edition_id>/<id:section_id>/", fragments.of_section, name="box-section"),
    *machine.urlpatterns,
    path("<part:section>/", no_append_slash(section.section), name="section"),
    path("<part:section>/<id:identity>/", no_append_slash(article.article), {"slug": ""}),
    path("<part:section>/<id:identity>-<part:slug>/", no_append_slash(article.article), name="article"),
]
