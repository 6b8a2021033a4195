"""What a measure follows from is told in words, never by an id of ours."""

from gongxin.core.measures import all_rules
from gongxin.interfaces.pages.trigger_words import trigger_label


def test_every_trigger_of_the_law_has_words_of_its_own() -> None:
    triggers = {rule.trigger for rule in all_rules()}
    named = {one: trigger_label(one) for one in triggers}

    assert {label.zh for label in named.values()}.isdisjoint(triggers)
    assert len({label.zh for label in named.values()}) == len(triggers)
