from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teyue.procedure.booking.queries.capacity import (
    Demand,
    Worker,
    admits,
    fits,
    merged,
    room,
    without,
)

pytestmark = pytest.mark.clause("4.2.4")

DAWN = datetime(2026, 11, 24, tzinfo=UTC)


def hour(n):
    return DAWN + timedelta(hours=n)


def job(starts, ends, *certificates, person=None):
    return Demand(hour(starts), hour(ends), frozenset(certificates), person)


def worker(person, *certificates, present=((8, 20),)):
    spans = tuple((hour(a), hour(b)) for a, b in present)
    return Worker(person, frozenset(certificates), spans)


def test_two_jobs_at_once_need_two_people():
    assert not fits([job(8, 10), job(9, 11)], [worker(1)])
    assert fits([job(8, 10), job(9, 11)], [worker(1), worker(2)])


def test_jobs_one_after_the_other_need_one_person():
    assert fits([job(8, 10), job(10, 12)], [worker(1)])


def test_the_person_with_the_certificate_is_kept_for_who_needs_it():
    people = [worker(1, "height"), worker(2)]

    assert fits([job(8, 10), job(8, 10, "height")], people)
    assert not fits([job(8, 10, "height"), job(8, 10, "height")], people)


def test_nobody_is_sent_who_leaves_before_the_job_is_done():
    assert not fits([job(9, 11)], [worker(1, present=((8, 10),)), worker(2, present=((10, 12),))])


def test_a_job_given_to_somebody_occupies_that_person():
    given_away = job(8, 10, person=1)

    assert not fits([given_away, job(8, 10, "height")], [worker(1, "height"), worker(2)])


def test_a_job_given_to_a_stranger_occupies_nobody_here():
    assert fits([job(8, 10, person=99), job(8, 10)], [worker(1)])


def test_nobody_is_given_two_jobs_at_once():
    assert not fits([job(8, 10, person=1), job(9, 11, person=1)], [worker(1), worker(2)])


def test_a_crowded_hour_outside_its_own_time_does_not_stop_a_job():
    crowded = [job(8, 10), job(8, 9)]

    assert admits(job(9, 10), crowded, [worker(1), worker(2)])
    assert admits(job(10, 11), crowded, [worker(1)])


def test_room_counts_how_many_more_fit():
    people = [worker(1, "height"), worker(2, "height"), worker(3)]

    assert room(job(8, 10, "height"), [job(9, 10)], people) == 2
    assert room(job(8, 10, "height"), [job(9, 10), job(9, 10)], people) == 1


def test_shifts_that_touch_become_one():
    assert merged([(hour(12), hour(18)), (hour(8), hour(12))]) == [(hour(8), hour(18))]


def test_leave_cuts_a_shift_in_two():
    left = without([(hour(8), hour(18))], (hour(10), hour(11)))

    assert left == [(hour(8), hour(10)), (hour(11), hour(18))]


def test_leave_outside_a_shift_changes_nothing():
    assert without([(hour(8), hour(12))], (hour(13), hour(14))) == [(hour(8), hour(12))]


spans = st.tuples(st.integers(8, 15), st.integers(1, 5)).map(lambda s: (s[0], s[0] + s[1]))
kinds = st.sets(st.sampled_from(["height", "gas"]))
jobs = st.builds(
    lambda span, needs, person: job(*span, *needs, person=person),
    spans,
    kinds,
    st.none() | st.integers(1, 5),
)
crews = st.lists(st.tuples(kinds, spans), max_size=4).map(
    lambda told: [worker(n, *held, present=(span,)) for n, (held, span) in enumerate(told, 1)]
)


def by_trying_everything(demands, people):
    return all(
        assignable([job for job in demands if job.starts <= instant < job.ends], people)
        for instant in map(hour, range(8, 21))
    )


def assignable(live, people):
    given_away = [job.person for job in live if job.person]
    waiting = [job for job in live if not job.person]
    free = [worker for worker in people if worker.person not in given_away]
    return len(set(given_away)) == len(given_away) and any(
        all(person.may_take(job) for person, job in zip(chosen, waiting, strict=True))
        for chosen in permutations(free, len(waiting))
    )


@given(st.lists(jobs, max_size=5), crews)
def test_the_matching_agrees_with_trying_everything(demands, people):
    assert fits(demands, people) == by_trying_everything(demands, people)


@given(jobs, st.lists(jobs, max_size=4), crews)
def test_what_fits_altogether_admits_each_job(new, taken, people):
    if fits([new, *taken], people):
        assert admits(new, taken, people)


@given(jobs, st.lists(jobs, max_size=4), crews)
def test_where_a_job_is_admitted_everything_of_its_time_fits(new, taken, people):
    beside = [job for job in taken if job.starts <= new.starts and job.ends >= new.ends]

    if admits(new, taken, people):
        assert fits([new, *beside], people)


@given(jobs, st.lists(jobs, max_size=4), crews, st.integers(1, 5))
def test_one_person_more_never_makes_it_worse(new, taken, people, number):
    if admits(new, taken, people):
        assert admits(new, taken, [*people, worker(number + 10)])
