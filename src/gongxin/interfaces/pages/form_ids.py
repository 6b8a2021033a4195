"""The id of a sent form: the same sent twice is one."""

from uuid import UUID, uuid4

from django.http import HttpRequest, QueryDict


def with_form_id(request: HttpRequest) -> QueryDict:
    """Return what was sent, with an id of its own where the form came with none that can be read."""
    sent = request.POST.copy()
    try:
        UUID(sent.get("form_id", ""))
    except ValueError:
        sent["form_id"] = str(uuid4())
    return sent
