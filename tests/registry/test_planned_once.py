"""The website's questions are planned once; whatever loads files plans its own anew."""

from django.db import DEFAULT_DB_ALIAS, connection, connections

from gongxin.project import environment
from gongxin.registry.planned_once import PLANNED_ONCE, plan_questions_once


def test_connections_opened_after_it_plan_a_question_once_and_no_other_database_is_touched(
    tmp_path, monkeypatch
) -> None:
    ours = environment.database("postgresql://gongxin@/gongxin", home=tmp_path)
    monkeypatch.setitem(connections.settings, DEFAULT_DB_ALIAS, {**connection.settings_dict, **ours})
    before = connections.create_connection(DEFAULT_DB_ALIAS).get_connection_params()

    plan_questions_once()

    after = connections.create_connection(DEFAULT_DB_ALIAS).get_connection_params()
    assert before["prepare_threshold"] is None
    assert after["prepare_threshold"] == PLANNED_ONCE["prepare_threshold"]
    assert "Client" not in after["cursor_factory"].__name__


def test_sqlite_is_left_as_it_is(tmp_path, monkeypatch) -> None:
    ours = environment.database("", home=tmp_path)
    monkeypatch.setitem(connections.settings, DEFAULT_DB_ALIAS, ours)

    plan_questions_once()

    assert ours == environment.database("", home=tmp_path)
