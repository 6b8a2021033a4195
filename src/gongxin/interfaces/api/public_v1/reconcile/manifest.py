"""What the service says of itself: where its parts are, and how much may be asked at once."""

from typing import Any

from gongxin.interfaces.api.public_v1.reconcile.questions import MOST_QUERIES
from gongxin.interfaces.api.public_v1.reconcile.vocabulary import ANY, type_json
from gongxin.interfaces.pages.freshness import RELEASE
from gongxin.interfaces.pages.identity import full_name

ADDRESS = "/api/v1/reconcile"
WIDTH, HEIGHT = 430, 260  # pixels of the preview


def manifest_json(origin: str) -> dict[str, Any]:
    """Return the manifest of a platform whose addresses begin with `origin`."""
    return {
        "versions": ["0.2"],
        "name": full_name(),
        "identifierSpace": f"{origin}/subjects/",
        "schemaSpace": "https://schema.org/Organization",
        "documentation": f"{origin}/api/",
        "serviceVersion": RELEASE,
        "defaultTypes": [type_json(ANY)],
        "view": {"url": f"{origin}/subjects/{{{{id}}}}/"},
        "preview": {"url": f"{origin}{ADDRESS}/preview/{{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {
            "entity": {
                **_at(origin, "/suggest/entity"),
                "flyout_service_path": f"{ADDRESS}/flyout?id=${{id}}",
            },
            "type": _at(origin, "/suggest/type"),
            "property": _at(origin, "/suggest/property"),
        },
        "extend": {"propose_properties": _at(origin, "/properties")},
        "batchSize": MOST_QUERIES,
    }


def _at(origin: str, path: str) -> dict[str, str]:
    return {"service_url": origin, "service_path": f"{ADDRESS}{path}"}
