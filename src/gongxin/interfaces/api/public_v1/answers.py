import json

from django.http import HttpResponse


def json_answer(body: object) -> HttpResponse:
    """Return `body` as JSON, as short as it can be written."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=str)
    return HttpResponse(text, content_type="application/json; charset=utf-8")
