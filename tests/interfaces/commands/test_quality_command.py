import json

import pytest
from sending import csv_of, penalty, sent

from gongxin.interfaces.commands.main import main
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.quality.models import QualityCount


@pytest.mark.django_db
def test_the_figures_are_counted_again_and_the_audit_says_who_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("gongxin.interfaces.commands.database.ready", lambda: None)
    sent(csv_of(penalty()))

    assert main(["quality", "rebuild", "--month", "2026-11", "--json"]) == 0

    assert json.loads(capsys.readouterr().out) == {"months": ["2026-11"]}
    assert QualityCount.objects.filter(month="2026-11", measure="timeliness", total=1).exists()
    assert AuditEvent.objects.get(action="quality.rebuilt").object_id == "2026-11/2026-11"


def test_what_is_no_month_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quality", "rebuild", "--month", "11/2026"]) == 2
    assert "不是月份" in capsys.readouterr().err
