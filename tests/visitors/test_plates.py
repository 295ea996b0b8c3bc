"""The plate: read as it is typed in a hurry, sealed, on the slip, compared, and looked up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.report import Period
from kiosk.desk.slip import Slip
from visitors import cards, corrections, departures, plates, reception, reports
from visitors.corrections import Corrected
from visitors.emergency import debt, service
from visitors.emergency.debt import Payment
from visitors.emergency.models import Kind
from visitors.models import Answer, How
from visitors.plates import PROVINCES, plate
from visitors.returning import finding
from visitors.rules import Details
from visitors.screens_departure import departure_verdict
from visitors.screens_words import headline
from visitors.search import fits
from visitors.service import visit_of

GUARD, HOST = "2001", "1001"
WANG = Details(name="王小明", matter="送货", plate="苏e·1o2i3")
pytestmark = pytest.mark.usefixtures("people")


def admitted(desk, details=WANG):
    visit = reception.walk_in(desk, GUARD, details, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)
    return visit


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("苏e·1o2i3", "苏E10213"),
        ("苏E 12345", "苏E12345"),
        ("苏ＥＤ１２３４５", "苏ED12345"),
        ("苏EDI2345", "苏ED12345"),
        ("京O·O0012", "京O00012"),
        ("苏E1234挂", "苏E1234挂"),
        ("京a0oo1警", "京A0001警"),
        ("粤Z·1234港", "粤Z1234港"),
        ("使014·578", "使014578"),
        ("WJ京 1234O", "WJ京 1234O"),
        ("M-IO 42", "M-IO 42"),
        ("", ""),
    ],
)
def test_a_plate_is_kept_in_its_one_form_and_an_unknown_one_as_typed(typed, kept):
    assert plate(typed) == kept


@given(
    st.sampled_from(PROVINCES), st.sampled_from("ABCDEFGHJKLMNPQRSTUVWXYZ"),
    st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=5, max_size=6), st.sampled_from(" ·.-"),
)  # fmt: skip
def test_however_a_mainland_plate_is_typed_it_is_the_same(province, letter, number, between):
    plain = f"{province}{letter}{number}"
    written = f"{province}{letter}{between}{number.replace('0', 'o').replace('1', 'i')}".lower()
    assert plate(written) == plain
    assert plates.number_of(plain) == number


@given(st.text(max_size=30))
def test_no_text_crashes_it_and_what_it_kept_stays(text):
    assert plate(plate(text)) == plate(text)


def test_the_plate_lies_sealed_and_stands_on_card_slip_and_report(desk):
    visit = admitted(desk)
    with desk.read() as book:
        row, _host = visit_of(book, visit)
        assert "10213" not in row.plate
        assert book.unseal(row.plate) == "苏E10213"
        [job] = book.all(JOBS_OF, slip="visit", number="20261123-001")
        slip = Slip.from_json(book.unseal(job.document))
        table = reports.visits(desk, book, Period(desk.today(), desk.today()))
    carried = [getattr(line, "value", "") for line in slip.lines]
    assert "苏E10213" in carried
    assert table.rows[0][table.columns.index("Plate")] == "苏E10213"
    assert "苏E10213" in headline(desk, cards.visit_card(desk, visit)).plain


def test_the_vehicle_is_compared_at_the_exit(desk):
    gone = departures.leave(desk, GUARD, admitted(desk), signed=True)
    assert "苏E10213" in departure_verdict(gone).lines[0]


@pytest.mark.parametrize("asked", ["苏e1o2i3", "苏E1O2", "e1o2", "1O2I3", "O2I"])
def test_who_types_the_letter_for_the_figure_finds_the_vehicle(desk, asked):
    visit = admitted(desk)
    assert [one.id for one in cards.todays(desk) if fits(asked, one.words)] == [visit]
    if asked != "O2I":  # the search in all the years needs the beginning of a plate
        with desk.read() as book:
            assert finding.find(book, asked) == [visit]


def test_the_plate_of_an_emergency_is_kept_in_the_same_form(desk):
    visit = service.admit_at_once(desk, GUARD, Kind.FIRE, plate="苏e·1o2i3").visit
    assert cards.visit_card(desk, visit).plate == "苏E10213"
    debt.pay(desk, GUARD, visit, Payment(plate="苏e·o2345"))
    assert cards.visit_card(desk, visit).plate == "苏E02345"


def test_a_plate_is_corrected_like_every_field(desk):
    visit = admitted(desk)
    shown = cards.visit_card(desk, visit)
    right = Details(name="王小明", matter="送货", plate="苏E54321")
    corrections.correct(desk, GUARD, visit, Corrected(right, HOST, shown.until_at), "看错")
    assert cards.visit_card(desk, visit).plate == "苏E54321"
