"""Messages: the notices told to the subject. Opening one proves that it arrived."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from gongxin.core.notices import NoticeText
from gongxin.flows.deliver import note_opened
from gongxin.flows.notice_words import notice_in_words, notices_in_words
from gongxin.interfaces.pages.paging import page_number
from gongxin.interfaces.site.my.acting import Acting, acting
from gongxin.interfaces.site.my.pages import my_page
from gongxin.registry.notices.models import Notice
from gongxin.registry.notices.queries import count_to, notices_to, opened_among

PAGE = 30


@dataclass(frozen=True, slots=True)
class Message:
    notice: Notice
    text: NoticeText
    opened: bool


@acting("notice.read-own")
def messages(request: HttpRequest, acts: Acting) -> HttpResponseBase:
    """List what was told to the subject, the newest first."""
    total = count_to(acts.subject_ids)
    pages = max(1, -(-total // PAGE))
    page = min(page_number(request), pages)
    context = {
        "section": "messages",
        "messages_told": newest_messages(acts, limit=PAGE, offset=(page - 1) * PAGE),
        "total": total,
        "page": page,
        "pages": pages,
    }
    return my_page(request, acts, "my/messages.html", context)


@acting("notice.read-own")
def message(request: HttpRequest, acts: Acting, notice_id: UUID) -> HttpResponseBase:
    """Show one notice, and note that it was opened: that serves it."""
    found = own_notice(acts, notice_id)
    if not opened_among([found]):
        note_opened(subject_id=found.subject_id, notice_id=found.id, actor=acts.actor, at=acts.at)
    text = notice_in_words(found, language=get_language() or "")
    context = {"section": "messages", "notice": found, "text": text}
    return my_page(request, acts, "my/message.html", context)


def newest_messages(acts: Acting, *, limit: int, offset: int = 0) -> list[Message]:
    """Return what was told to who acts, the newest first, and which of it was opened."""
    told = notices_to(acts.subject_ids, limit=limit, offset=offset)
    opened = opened_among(told)
    texts = notices_in_words(told, language=get_language() or "")
    return [Message(one, text, one.id in opened) for one, text in zip(told, texts, strict=True)]


def own_notice(acts: Acting, notice_id: UUID) -> Notice:
    """Return a notice to who acts. Raises Http404 for anybody else's, a body's included."""
    found = Notice.objects.filter(subject_id__in=acts.subject_ids, id=notice_id, agency=None).first()
    if found is None:
        raise Http404
    return found
