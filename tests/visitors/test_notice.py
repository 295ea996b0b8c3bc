"""The notice for visitors: its version on the slip and with the visit, told again when new."""

from dataclasses import replace

import pytest

from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Text
from visitors import cards, departures, notice, reception
from visitors.models import Answer, How
from visitors.rules import Details
from visitors.screens_appointment_words import has_notes
from visitors.service import visit_of

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "1001"
WANG = Details(name="王小明", unit="东川供水公司", matter="水表检修")


def waits(desk, details=WANG):
    visit = reception.walk_in(desk, GUARD, details, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    return visit


def comes_and_goes(desk, details=WANG):
    visit = waits(desk, details)
    reception.admit(desk, GUARD, visit)
    departures.leave(desk, GUARD, visit, signed=True)
    return visit


def say(desk, **site):
    desk.settings = replace(desk.settings, site=replace(desk.settings.site, **site))


def test_the_slip_says_what_becomes_of_the_data_and_the_visit_keeps_the_version(desk):
    say(desk, privacy_notice="登记信息由传达室保管")
    visit = comes_and_goes(desk)
    with desk.read() as book:
        row, _host = visit_of(book, visit)
        [job] = book.all(JOBS_OF, slip="visit", number=cards.visit_card(desk, visit).readable)
        slip = Slip.from_json(book.unseal(job.document))
    assert row.notice == notice.version(desk)
    said = [line.text for line in slip.lines if isinstance(line, Text)]
    assert f"登记信息由传达室保管 ({row.notice})" in said


def test_who_comes_again_is_told_of_the_notice_only_when_it_has_changed(desk):
    assert not cards.visit_card(desk, waits(desk)).notice_is_new  # never given one yet
    comes_and_goes(desk)
    assert not cards.visit_card(desk, waits(desk)).notice_is_new
    say(desk, house_rules=("请勿拍照",))
    again = cards.visit_card(desk, waits(desk))
    assert again.notice_is_new
    assert has_notes(again)
    other = replace(WANG, name="李四")
    assert not cards.visit_card(desk, waits(desk, other)).notice_is_new
    reception.admit(desk, GUARD, again.id)
    assert not cards.visit_card(desk, waits(desk)).notice_is_new


@pytest.mark.parametrize(
    "site", [{"house_rules": ("请勿拍照",)}, {"privacy_notice": "登记信息由传达室保管"}]
)
def test_every_changed_word_is_another_version(desk, site):
    before = notice.version(desk)
    say(desk, **site)
    assert notice.version(desk) != before
