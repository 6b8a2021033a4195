"""Which fields of a record an audience may read, and how much of each."""

from gongxin.core.catalogue import FieldPublication, InformationClass
from gongxin.core.disclosure import Audience
from gongxin.core.masking import mask_name
from gongxin.registry.subjects.queries import Profile

# Who trades under their own name often trades from home; the page says the county (R4).
OFTEN_A_HOME = frozenset({"address"})


def readable_fields(
    audience: Audience,
    fields: dict[str, str],
    information_class: InformationClass | None,
    subject: Profile,
) -> dict[str, str]:
    """Return the fields as `audience` may read them (R4, R5)."""
    if audience is not Audience.PUBLIC:
        return fields
    if information_class is None or not fields:
        return {}
    shown = {}
    for field in information_class.fields:
        value = fields.get(field.key)
        if value is None:
            continue
        publication = field.publication
        if publication is FieldPublication.INTERNAL or publication is FieldPublication.NEVER_KEPT:
            continue
        if subject.noindex and field.key in OFTEN_A_HOME:
            continue
        masked = publication is FieldPublication.MASKED or (subject.noindex and field.person_name)
        shown[field.key] = mask_name(value) if masked else value
    name_field = information_class.role("subject_name")
    if subject.noindex and name_field in shown:
        shown[name_field] = subject.public_name
    return shown
