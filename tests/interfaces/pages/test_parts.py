from types import SimpleNamespace

from django.test import RequestFactory
from django.utils.translation import override

from gongxin.interfaces.pages.templatetags.parts import here, state_tags, summary_rows


def test_what_a_file_said_is_escaped_in_a_summary():
    rows = summary_rows([("事实", "<img src=x onerror=alert(1)>"), ('"', "&'")])

    assert "<img" not in rows
    assert "&lt;img src=x onerror=alert(1)&gt;" in rows
    assert "<dt>&quot;</dt><dd>&amp;&#x27;</dd>" in rows


def test_the_tags_of_a_state_speak_the_readers_language():
    view = SimpleNamespace(record="in_force", publication="suspended", dispute="open", repair="none")

    with override("zh-hans"):
        assert '<li class="tag disputed">异议处理中</li>' in state_tags(view)
    with override("en"):
        assert '<li class="tag attention">Suspended</li>' in state_tags(view)


def test_the_pages_own_address_goes_into_a_link_quoted():
    request = RequestFactory().get("/search/", {"q": "乔 木&page=2"})

    assert here({"request": request}).startswith("%2Fsearch%2F%3Fq%3D%25E4%25B9%2594")
    assert here({}) == "%2F"
