"""A screen with a desk behind it: real taps through the real router, without devices."""

from collections.abc import Iterator, Mapping

import pytest
from desk_app import DeskApp

from kiosk import refusals  # noqa: F401 - registers every sentence
from kiosk.desk import badges, signing
from kiosk.desk.names import pinyin_of
from kiosk.desk.pen import Pen
from kiosk.desk.people import Department, Person, Rank, Role


@pytest.fixture
def app(desk, people) -> Iterator[DeskApp]:
    """A kiosk whose desk 李建国 (2001) has opened."""
    pen = Pen()
    made = DeskApp(desk, pen)
    made.context.operator = people["2001"]
    yield made
    pen.close()


_MANAGERS = (
    ("1005", "孙建华", "04A1B2C3D4E511", "副镇长"),
    ("1006", "周海燕", "04A1B2C3D4E512", "所长"),
)


@pytest.fixture
def managers(desk, people) -> Mapping[str, Person]:
    """Two managers of another section than everybody else's; badges …E511 and …E512, PIN 2580."""
    del people
    made = {}
    with desk.write() as tx:
        section = tx.put(Department(name="财政所"))
        for staff_no, name, uid, title in _MANAGERS:
            pinyin, initials = pinyin_of(name)
            made[staff_no] = tx.put(Person(
                staff_no=staff_no, name=name, pinyin=pinyin, initials=initials, title=title,
                department_id=section.id, rank=Rank.HEAD_OF_STATION, role=Role.STAFF,
                extension="8" + staff_no[-3:],
            ))  # fmt: skip
            tx.record("person.added", person=staff_no)
            badges.enrol(tx, uid, made[staff_no])
            signing.set_pin(tx, desk.site_key, made[staff_no], "2580")
    return made
