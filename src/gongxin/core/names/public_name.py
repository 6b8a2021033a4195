from dataclasses import dataclass

from gongxin.core.masking import mask_name
from gongxin.core.names.persons import is_person_like, names_a_person, person_named_in

INDIVIDUAL_BUSINESS = "个体工商户"


@dataclass(frozen=True, slots=True)
class PublicName:
    """The name an individual business bears in public. One that is masked is found by code or number only."""

    text: str
    masked: bool


def individual_business_public_name(name: str, *, operator: str = "") -> PublicName:
    """Return the public name of an individual business: its trade name, else 个体工商户(姓*).

    A trade name that merely contains a person's name is the firm's own (R6). Source: law-decisions R4.
    """
    if not names_a_person(name, operator=operator):
        return PublicName(name.strip(), masked=False)
    bare = person_named_in(name)
    person = operator.strip() or (bare if is_person_like(bare) else "")
    text = f"{INDIVIDUAL_BUSINESS}({mask_name(person)})" if person else INDIVIDUAL_BUSINESS
    return PublicName(text, masked=True)
