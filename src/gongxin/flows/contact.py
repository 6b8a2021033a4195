from datetime import datetime

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.audit.events import write_event


@transaction.atomic
def change_contact(
    *, agency: Agency, telephone: str, address: str, office_hours: str, actor: Actor, at: datetime
) -> None:
    """Change how people reach an agency; every page that names it shows the new words at once.

    Whoever asks about a record of a body it succeeded is sent to it too.
    """
    Agency.objects.filter(id__in=agencies_of(agency)).update(
        telephone=telephone, address=address, office_hours=office_hours
    )
    write_event(actor=actor, action="agency.described", object_kind="agency", object_id=agency.id.hex, at=at)
