from gongxin.core.names.comparison import NameComparison, clearly_different, compare_names
from gongxin.core.names.normal_form import normalise_name
from gongxin.core.names.persons import (
    has_organisational_element,
    is_person_like,
    names_a_person,
    person_named_in,
)

__all__ = [
    "NameComparison",
    "clearly_different",
    "compare_names",
    "has_organisational_element",
    "is_person_like",
    "names_a_person",
    "normalise_name",
    "person_named_in",
]
