"""Who stands in for whom, where notices go, and in which room: columns of the file of staff."""

import pytest

from kiosk.commands.journal import _opened
from kiosk.desk import people_import
from kiosk.desk.journal import entries
from kiosk.desk.people import BY_STAFF_NO
from kiosk.desk.people_file import read_people
from kiosk.desk.print_job import JOBS_OF
from visitors import reception
from visitors.models import Answer, How
from visitors.rules import Details

pytestmark = pytest.mark.usefixtures("people")
URL = "wecombot://a-secret-key"


def plan_of(desk, *rows):
    content = "\n".join(("姓名,工号,代理人工号,通知地址", *rows)).encode()
    with desk.read() as book:
        return people_import.check(book, read_people("people.csv", content).rows, str)


def take(desk, *rows):
    plan = plan_of(desk, *rows)
    with desk.write(by="9001") as tx:
        people_import.apply(tx, plan)
    return plan


def person(desk, staff_no):
    with desk.read() as book:
        found = book.one(BY_STAFF_NO, staff_no=staff_no)
        return found, book.unseal(found.notify_url)


def test_a_stand_in_and_a_sealed_address_are_taken(desk):
    take(desk, f"李娜,3001,1001,{URL}")
    found, url = person(desk, "3001")
    assert (found.deputy_no, url) == ("1001", URL)
    assert "secret" not in found.notify_url
    assert plan_of(desk, f"李娜,3001,1001,{URL}").same == 1
    assert plan_of(desk, f"李娜,3001,2001,{URL}").changed
    assert plan_of(desk, f"李娜,3001,1001,{URL}-2").changed
    take(desk, "李娜,3001,,")
    assert person(desk, "3001")[0].deputy_no == "1001"


def test_two_new_people_may_stand_in_for_each_other(desk):
    take(desk, "赵敏,7001,7002,", "钱进,7002,7001,")
    assert person(desk, "7001")[0].deputy_no == "7002"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("李娜,3001,3001,", "own_stand_in"),
        ("李娜,3001,4444,", "unknown_person"),
        ("李娜,3001,??,", "bad_staff_no"),
        ("李娜,3001,,not an address secret-key", "bad_notify_url"),
        (f"李娜,3001,,json://secret-key{'x' * 300}", "too_long"),
        ("李娜,3001,,json://\x07\ufffdsecret-key", "unreadable"),
    ],
)
def test_a_bad_one_is_named_and_an_address_is_never_repeated(desk, row, code):
    (bad,) = plan_of(desk, row).bad
    assert bad.code == code
    assert "secret-key" not in bad.text()
    assert "json:" not in bad.text()


def test_who_left_the_house_stands_in_for_nobody(desk):
    with desk.write() as tx:
        gone = tx.one(BY_STAFF_NO, staff_no="2002")
        gone.active = False
        tx.put(gone)
        tx.record("person.left", person="2002")
    (bad,) = plan_of(desk, "李娜,3001,2002,").bad
    assert bad.code == "unknown_person"


def test_not_even_the_revealed_journal_tells_an_address_or_a_mobile(desk):
    content = f"姓名,工号,手机,通知地址\n李娜,3001,13900001234,{URL}".encode()
    with desk.read() as book:
        plan = people_import.check(book, read_people("people.csv", content).rows, str)
    with desk.write(by="9001") as tx:
        people_import.apply(tx, plan)
    with desk.read() as book:
        told = [dict(_opened(book, entry)) for entry in entries(book.connection, desk.gate, 0)]
    assert "13900001234" not in str(told)
    assert URL not in str(told)


def test_the_room_comes_from_the_file_and_stands_on_the_slip(desk):
    rooms = "姓名,工号,房间\n张伟,1001,306\n".encode()
    with desk.read() as book:
        plan = people_import.check(book, read_people("people.csv", rooms).rows, str)
    with desk.write(by="9001") as tx:
        people_import.apply(tx, plan)
    visit = reception.walk_in(desk, "2001", Details(name="王小明", matter="检修"), "1001")
    reception.answer(desk, "2001", visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, "2001", visit)
    with desk.read() as book:
        [job] = book.all(JOBS_OF, slip="visit", number="20261123-001")
        assert "306" in book.unseal(job.document)
