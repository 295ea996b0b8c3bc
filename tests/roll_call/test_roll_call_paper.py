"""The list on paper: in order, whole, and for 200 people in less than 15 s at a real printer."""

import time

import pytest
from patience import PATIENCE_S

from drivers.emulators.escpos_tcp import EscposTcpPrinter
from drivers.escpos_bytes import raster
from drivers.slip_printer import Outcome, SlipPrinter
from kiosk.desk.desk import Desk
from kiosk.desk.inside import Inside, Sort
from kiosk.desk.slip import Slip
from kiosk.desk.slip_image import draw
from kiosk.desk.slip_lines import BlankLines, Heading, Notice, Table
from kiosk.desk.words import use
from kiosk.features import inside
from kiosk.roll_call import service
from kiosk.roll_call.models import RollKind
from kiosk.roll_call.rules import census
from kiosk.roll_call.slips import roll_sheet
from kiosk.roll_call.standing import standing

GUARD = "2001"
ROWS_A_SECOND = 1200
"""150 mm a second at 8 dots a millimetre: a common 80 mm printer."""


def everybody():
    staff = [
        Inside(
            Sort.STAFF, f"s{n}", f"职工{n}", area=f"科室{n % 8}", host=f"{200 + n}", number=str(n)
        )
        for n in range(160)
    ]
    visitors = [
        Inside(
            Sort.VISITOR, f"v{n}", f"来客{n}", area=f"科室{n % 8}", host="张科长", number=f"{n:03}",
            unit="东川供水公司", doubt="assumed to have left" if n % 8 == 0 else "",
        )
        for n in range(40)
    ]  # fmt: skip
    keys = [Inside(Sort.THING, f"k{n}", f"{n}号柜", host="李娜") for n in range(10)]
    return [*visitors, *staff, *keys]


def sheet(desk: Desk, kind=RollKind.DRILL) -> Slip:
    return roll_sheet(desk, desk.clock(), "D1", kind, census(everybody()))


def of(slip, kind):
    return [line for line in slip.lines if isinstance(line, kind)]


def test_everybody_stands_once_by_area_with_the_uncertain_and_the_keys_apart(desk):
    made = sheet(desk)
    *areas, uncertain, keys = of(made, Table)
    names = [row[0] for table in (*areas, uncertain) for row in table.rows]
    assert len(names) == len(set(names)) == 200
    assert [heading.text for heading in of(made, Heading)] == [
        *(f"科室{n}" for n in range(8)), "Keys and things out", "Not on the list",
    ]  # fmt: skip
    assert [row[0] for row in uncertain.rows] == ["来客0", "来客8", "来客16", "来客24", "来客32"]
    assert len(keys.rows) == 10
    assert of(made, BlankLines)
    assert all(table.tick for table in (*areas, uncertain))


def test_a_real_danger_is_said_in_white_on_black(desk):
    assert of(sheet(desk, RollKind.REAL), Notice)[0].text == "real danger"


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.usefixtures("words_zh")
def test_two_hundred_people_are_on_paper_within_fifteen_seconds(desk, width):
    began = time.monotonic()
    made = Slip.from_json(sheet(desk).to_json())
    image = draw(made, width)
    drawn = time.monotonic() - began
    assert image.height / ROWS_A_SECOND + drawn < 15
    assert len(raster(image)) < 1_500_000
    use("en")


def test_the_last_byte_is_at_an_emulated_printer_in_time(desk, tmp_path):
    printer = EscposTcpPrinter(tmp_path / "printed").start()
    driver = SlipPrinter("slips", printer.address)
    began = time.monotonic()
    assert driver.print_image(draw(sheet(desk), 576), "0001") is Outcome.CONFIRMED
    assert time.monotonic() - began < PATIENCE_S
    driver.close()
    printer.stop()
    assert len(printer.pictures) == 1


def test_two_hundred_people_are_on_the_screen_within_a_second(desk):
    def crowd(_desk, _book):
        return everybody()

    roll = service.begin(desk, GUARD, RollKind.TEST, crowd)
    began = time.monotonic()
    shown = standing(desk, roll, inside)
    took = time.monotonic() - began
    assert len(shown.entries) == 200
    assert took < 1
