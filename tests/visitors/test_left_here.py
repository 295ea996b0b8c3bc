"""Out through this gate with another gate's slip: the visitor goes, and that gate is told."""

import pytest

from kiosk.desk.refusal import Refused
from kiosk.desk.words import register, sentence
from visitors import departures
from visitors.exit import elsewhere
from visitors.exit.elsewhere import KIND
from visitors.feature import REFUSALS
from visitors.outstanding import outstanding
from visitors.screens import SCREENS

pytestmark = pytest.mark.usefixtures("people")
register(REFUSALS)
GUARD = "2001"


@pytest.fixture
def other_slip(desk):
    """The code of slip 017 that the west gate of the same house printed this morning."""
    plain = "V1:west:20261123-017:1"
    return f"{plain}:{desk.site_key.sign(plain, 8)}"


def scanned(desk, code):
    with pytest.raises(Refused) as refused:
        departures.leave_by_code(desk, GUARD, code)
    return refused.value


def open_here(desk):
    with desk.read() as book:
        return [one for one in outstanding(desk, book) if one.kind == KIND]


def test_another_gates_slip_lets_the_visitor_go_and_stays_open_until_that_gate_is_told(
    desk, other_slip
):
    said = scanned(desk, other_slip)
    assert said.code == "visit.left_with_other_slip"
    assert "let the visitor go" in sentence(said.code, said.facts)
    [thing] = open_here(desk)
    assert (thing.number, thing.facts["gate"]) == ("017", "west")
    assert "west" in thing.next_step.text()
    assert thing.kind in SCREENS.goes_to
    elsewhere.told(desk, GUARD, thing.ref)
    assert open_here(desk) == []
    with pytest.raises(Refused, match=r"visit\.gate_told_already"):
        elsewhere.told(desk, GUARD, thing.ref)


def test_scanned_twice_it_is_one_leaving(desk, other_slip):
    scanned(desk, other_slip)
    scanned(desk, other_slip)
    assert len(open_here(desk)) == 1


def test_a_forged_slip_of_another_gate_is_noted_nowhere(desk, other_slip):
    assert scanned(desk, other_slip[:-1] + "0").code in {
        "visit.code_forged",
        "visit.code_unreadable",
    }
    assert open_here(desk) == []
