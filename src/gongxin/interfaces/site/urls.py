from django.urls import path

from gongxin.interfaces.site import (
    catalogue,
    choices,
    feeds,
    glossary,
    home,
    identity,
    newest,
    records,
    robots,
    rules,
    search,
    statistics,
    subjects,
    words,
)

app_name = "site"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search_page, name="search"),
    path("mine/", words.mine, name="mine"),
    path("subjects/<uuid:subject_id>/", subjects.subject_page, name="subject"),
    path("subjects/<uuid:subject_id>/records/<uuid:record_id>/", records.record_page, name="record"),
    path("subjects/<uuid:subject_id>/<slug:class_id>/", subjects.class_of_subject, name="subject-class"),
    path("licences/", newest.licences, name="licences"),
    path("licences/feed.atom", feeds.licences_feed, name="licences-feed"),
    path("penalties/", newest.penalties, name="penalties"),
    path("penalties/feed.atom", feeds.penalties_feed, name="penalties-feed"),
    path("catalogue/", catalogue.catalogue_page, name="catalogue"),
    path("catalogue/<slug:class_id>/", catalogue.class_page, name="class"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/<slug:statistic_id>/", statistics.statistic, name="statistic"),
    path(
        "statistics/<slug:statistic_id>.<str:file_format>", statistics.statistic_file, name="statistic-file"
    ),
    path("statistics/<slug:statistic_id>/<str:month>/", statistics.statistic_month, name="statistic-month"),
    path("catalogue/<slug:class_id>/rules/<str:code>/", rules.rule_page, name="rule"),
    path("about/", words.about, name="about"),
    path("help/", words.help_page, name="help"),
    path("help/words/", glossary.glossary, name="words"),
    path("help/contest/", words.contest, name="contest"),
    path("language/<slug:code>/", choices.choose_language, name="language"),
    path("type-size/<slug:size>/", choices.choose_type_size, name="type-size"),
    path("emblem/", identity.emblem, name="emblem"),
    path("identity.css", identity.colours, name="colours"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
]
