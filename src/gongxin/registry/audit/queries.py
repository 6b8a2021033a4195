from collections.abc import Collection

from django.db.models import Q

from gongxin.registry.audit.models import AuditEvent


def events_of(objects: Collection[tuple[str, str]]) -> list[AuditEvent]:
    """Return what the audit holds of these objects, each a kind and an id, the first act first."""
    asked = Q(pk__in=[])
    for kind, object_id in objects:
        asked |= Q(object_kind=kind, object_id=object_id)
    return list(AuditEvent.objects.filter(asked).order_by("at", "id"))
