"""What is open by group on the handover's page: counted whole, in as many lines as there are."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from shift_handover.from_open_things import record_of
from shift_handover.group_lines import group_lines
from shift_handover.record_kinds import KIND_OF

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
THINGS = st.lists(
    st.builds(
        lambda kind, urgency: record_of(
            OpenThing(kind, "r", "7", urgency, Wording("something"), NOW)
        ),
        st.sampled_from([*sorted(KIND_OF), "unheard.of"]),
        st.sampled_from(Urgency),
    ),
    max_size=40,
)


@given(THINGS, st.integers(1, 16))
def test_every_thing_is_counted_once_and_the_lines_fit(records, room):
    lines = group_lines(records, room)
    assert len(lines) <= room
    assert sum(line.things for line in lines) == len(records)
    assert len({line.key for line in lines}) == len(lines)
    if records:
        assert min(line.urgency for line in lines) == min(one.urgency for one in records)


def test_the_least_urgent_groups_are_told_with_the_other_things():
    kinds = {"loan.out": Urgency.QUIET, "parcel": Urgency.WAITING, "visit.waiting": Urgency.NOW}
    records = [
        record_of(OpenThing(kind, "r", "7", urgency, Wording("x"), NOW))
        for kind, urgency in kinds.items()
    ]
    shown = [(line.title, line.things, line.urgency) for line in group_lines(records, 2)]
    assert shown == [
        ("Visitors waiting", 1, Urgency.NOW), ("Other things to do", 2, Urgency.WAITING),
    ]  # fmt: skip
