from django.http import HttpRequest

MOST_DIGITS = 5


def page_number(request: HttpRequest) -> int:
    """Return which page of a list is asked for; the first where that is no number, or one beyond reason."""
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) <= MOST_DIGITS else 1
