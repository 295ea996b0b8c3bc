"""The order of several desks' taps: each desk's own is kept, a doubtful clock moves none."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.attendance.honest.order import in_order_written, written_at
from kiosk.attendance.models import Tap
from kiosk.desk.presence import Whereabouts
from kiosk.desk.signing import Means
from kiosk.desk.versions import gate_of

EIGHT = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def tap(gate, seq, minutes):
    at = EIGHT + timedelta(minutes=minutes)
    return Tap(
        id=f"{gate}-{seq}", stamp=f"{gate}/{seq}", person_id="p", day=at.date(), at=at,
        kind=Whereabouts.IN, means=Means.BADGE,
    )  # fmt: skip


def named(taps, doubted=()):
    return [one.id for one in in_order_written(taps, doubted)]


def test_taps_of_two_gates_stand_by_their_clocks_whatever_the_numbers_of_their_entries():
    taps = [tap("east", 900, 0), tap("north", 3, 5), tap("east", 901, 10)]
    assert named(taps) == ["east-900", "north-3", "east-901"]


def test_a_clock_set_back_turns_no_desk_round():
    assert named([tap("east", 1, 60), tap("east", 2, -120), tap("north", 7, 61)]) == [
        "east-1", "east-2", "north-7",
    ]  # fmt: skip


def test_a_clock_set_ahead_pushes_no_other_desks_tap_before_its_own():
    ahead = [tap("east", 1, 0), tap("east", 2, 6000), tap("east", 3, 10), tap("north", 1, 5)]
    assert named(ahead, {"east-2"}) == ["east-1", "east-2", "north-1", "east-3"]


_TAPS = st.lists(
    st.tuples(st.sampled_from(["east", "north", "west"]), st.integers(-300, 300)), max_size=25
)


@given(_TAPS, st.randoms(use_true_random=False), st.sets(st.integers(0, 24)))
def test_each_desks_order_is_kept_and_the_books_order_does_not_matter(said, random, odd):
    taps = [tap(gate, seq, minutes) for seq, (gate, minutes) in enumerate(said, start=1)]
    doubted = {taps[at].id for at in odd if at < len(taps)}
    shuffled = list(taps)
    random.shuffle(shuffled)
    ordered = in_order_written(shuffled, doubted)
    assert ordered == in_order_written(taps, doubted)
    for gate in {gate_of(one.stamp) for one in taps}:
        seqs = [written_at(one.stamp) for one in ordered if gate_of(one.stamp) == gate]
        assert seqs == sorted(seqs)
        assert len(seqs) == sum(gate_of(one.stamp) == gate for one in taps)
