from django.conf import settings
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from gongxin.interfaces.sealed_upload import NO_ROOM, TOO_LARGE, sealed_file, upload_refusal


def problem_with_upload(request: HttpRequest) -> str:
    """Return in words why the request brings no usable file, or nothing if it does."""
    refused = upload_refusal(request)
    if refused == TOO_LARGE:
        return _("The file is larger than %(limit)s. Send it in parts.") % {
            "limit": filesizeformat(settings.MAX_UPLOAD_BYTES)
        }
    if refused == NO_ROOM:
        return _(
            "The server has no room for the file just now. Nothing of it was kept; tell the administrator."
        )
    file = sealed_file(request)
    if file is None:
        return _("Choose a file.")
    return _("The file is empty.") if not file.size else ""
