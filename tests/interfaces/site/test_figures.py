import threading
import time
from datetime import UTC, datetime, timedelta

from gongxin.interfaces.site.figures import Counter

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NUMBERS = {"subjects": 1, "licences": 2, "penalties": 3}


def test_a_small_province_is_counted_every_time():
    asked = []
    counter = Counter(lambda at: asked.append(at) or NUMBERS)

    for hours in range(3):
        counter.figures(at=AT + timedelta(hours=hours))

    assert len(asked) == 3


def test_a_long_count_is_kept_with_the_moment_it_was_made():
    asked = []
    counter = Counter(lambda at: asked.append(at) or time.sleep(0.06) or NUMBERS)

    first = counter.figures(at=AT)
    second = counter.figures(at=AT + timedelta(minutes=1))

    assert asked == [AT]
    assert second is first
    assert second.at == AT


def test_while_one_visitor_counts_the_others_are_told_the_last_count():
    may_end = threading.Event()
    counter = Counter(lambda at: time.sleep(0.06) or NUMBERS)
    last = counter.figures(at=AT)
    counter._last = type(last)(last.figures, last.at, fresh_until=0.0)
    counter._count = lambda at: may_end.wait(10) and NUMBERS
    slow = threading.Thread(target=counter.figures, kwargs={"at": AT})
    slow.start()
    while not counter._counting.locked():
        time.sleep(0.001)

    told = counter.figures(at=AT + timedelta(minutes=5))

    may_end.set()
    slow.join()
    assert told.at == AT
