"""A foreign key written as a string escapes the import contracts; Django's own model table does not."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

# The order in which a record meets the apps; each may point at itself and to its left.
ORDER = (
    "accounts",
    "audit",
    "log",
    "catalogue",
    "intake",
    "subjects",
    "tip_offs",
    "mandates",
    "ledger",
    "notices",
    "commitments",
    "lists",
    "cases",
    "publication",
    "checks",
    "supervision",
    "quality",
    "letters",
)


def upward_keys(found: list[type[models.Model]]) -> Iterator[str]:
    for model in found:
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete and field.is_relation else None
            if isinstance(target, type) and _place(target._meta.app_label) > _place(model._meta.app_label):
                yield f"{model._meta.label}.{field.name} -> {target._meta.label}"


def _place(label: str) -> int:
    """Return where an app stands; Django's own lie beneath all of ours."""
    return ORDER.index(label) if label in ORDER else -1


def test_the_order_names_every_app_of_the_registry() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("gongxin.registry.")}

    assert ours == set(ORDER)


def test_no_foreign_key_points_up_the_registry() -> None:
    assert list(upward_keys(list(apps.get_models()))) == []


@isolate_apps("gongxin.registry.accounts", "gongxin.registry.ledger")
def test_a_planted_upward_key_is_caught() -> None:
    class Entry(models.Model):
        class Meta:
            app_label = "ledger"

    class Planted(models.Model):
        entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT)

        class Meta:
            app_label = "accounts"

    assert list(upward_keys([Planted])) == ["accounts.Planted.entry -> ledger.Entry"]
