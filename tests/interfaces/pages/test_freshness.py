from datetime import UTC, datetime, timedelta

from gongxin.interfaces.pages.freshness import freshness

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def fresh(*, seen=("a",), at=AT, next_end=None, adverse=False):
    return freshness(seen=seen, at=at, next_end=next_end, adverse=adverse)


def test_nothing_is_kept_past_the_next_end():
    assert fresh(next_end=AT + timedelta(seconds=7)).max_age == 7
    assert fresh(next_end=AT + timedelta(hours=1)).max_age == 60


def test_what_is_adverse_is_never_kept_unasked():
    assert fresh(adverse=True).max_age == 0


def test_another_set_is_another_tag():
    assert fresh(seen=("a", "b")).etag != fresh(seen=("ab",)).etag
    assert fresh().etag == fresh(at=AT + timedelta(hours=1)).etag


def test_at_midnight_in_shanghai_the_tag_changes():
    assert fresh(at=datetime(2026, 11, 23, 15, 59, tzinfo=UTC)).etag == fresh().etag
    assert fresh(at=datetime(2026, 11, 23, 16, 0, tzinfo=UTC)).etag != fresh().etag
