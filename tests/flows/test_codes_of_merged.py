"""Whatever is merged, parted and reported in whatever order, no two that are one bear conflicting codes."""

from contextlib import suppress
from datetime import timedelta
from itertools import count

import pytest
from cast import AT, QIAO, ZHAO, firm_code
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from identities import arrives, merged, number_of, organisation_code
from sending import an_agency

from gongxin.core.subjects import Cluster, conflicting
from gongxin.flows import judge as judging
from gongxin.flows.judge import Absorbed, CodesConflict, JudgedDifferent, MergedAlready, codes_of
from gongxin.flows.merge import unmerge
from gongxin.registry.subjects.clusters import all_merged, clusters_of
from gongxin.registry.subjects.models import Merge, Subject

pytestmark = pytest.mark.django_db

FIRMS = [QIAO, firm_code(2)]
CODES = {
    "unified": st.sampled_from(FIRMS),
    "registration": st.sampled_from([number_of(1), number_of(2)]),
    "organisation": st.sampled_from([QIAO[8:17], organisation_code(3)]),
}
rows = st.fixed_dictionaries({}, optional=CODES).filter(bool)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("arrives"), rows),
        st.tuples(st.just("merge"), st.tuples(st.integers(0, 9), st.integers(0, 9))),
        st.tuples(st.just("unmerge"), st.integers(0, 9)),
    ),
    min_size=4,
    max_size=10,
)


def conflicts() -> list[object]:
    """Return the codes that conflict among any that are one."""
    clusters = {tuple(cluster) for cluster in clusters_of(all_merged()).values()}
    return [found for cluster in clusters if (found := conflicting(codes_of(cluster))) is not None]


def take(what: str, how: object, hour: int) -> None:
    at = AT + timedelta(hours=hour)
    subjects, standing = list(Subject.objects.order_by("id")), list(Merge.objects.filter(undone_at=None))
    if what == "arrives":
        arrives(at=at, **how)
    elif what == "merge" and len(subjects) > 1:
        one, other = (subjects[place % len(subjects)].id for place in how)
        with suppress(Absorbed, CodesConflict, JudgedDifferent, MergedAlready):
            merged(one, other, at=at)
    elif what == "unmerge" and standing:
        unmerge(merge=standing[how % len(standing)], ground="系两家企业", actor=ZHAO, at=at)


def a_history(taken: list[tuple[str, object]]) -> None:
    hours = count(1)
    for code in (QIAO, number_of(1)):
        arrives(at=AT, **{"unified" if len(code) == 18 else "registration": code})
    for what, how in taken:
        take(what, how, next(hours))
        assert conflicts() == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_no_two_that_are_one_ever_bear_conflicting_codes(taken):
    an_agency()
    with transaction.atomic():
        a_history(taken)
        transaction.set_rollback(True)


def test_a_resolution_that_forgets_the_merge_is_caught(monkeypatch):
    an_agency()
    monkeypatch.setattr(Cluster, "bears", lambda _cluster, keys: tuple(keys))

    with pytest.raises(AssertionError):
        a_history([
            ("merge", (0, 1)),  # the number's and the firm's are one
            ("arrives", {"unified": QIAO, "registration": number_of(2)}),
        ])  # fmt: skip


def test_a_merge_that_does_not_ask_the_codes_is_caught(monkeypatch):
    an_agency()
    monkeypatch.setattr(judging, "conflicting", lambda _codes: None)

    with pytest.raises(AssertionError):
        a_history([("arrives", {"unified": FIRMS[1]}), ("merge", (0, 2)), ("merge", (1, 2))])
