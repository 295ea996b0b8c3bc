"""The watch list at the gate, on a real desk: told, escorted, compared, held."""

import json
import sqlite3
from dataclasses import replace
from datetime import date

import pytest
from gate_desk import (
    GUARD,
    HOST,
    ID,
    OFFICE,
    OTHER_ID,
    admitted,
    kinds,
    proof_of,
    refused,
    told,
    visit_of,
    watch,
)

from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.refusal import Refused
from kiosk.desk.slip import Slip
from visitors import (
    appointments,
    cards,
    corrections,
    reception,
    watch_gate,
    watch_list,
)
from visitors.corrections import Corrected
from visitors.models import How, State
from visitors.outstanding import outstanding
from visitors.rules import Details
from visitors.watch_gate import Asks
from visitors.watch_list import Listing
from visitors.watch_models import NOT_ENDED, Decision, Level, Same

pytestmark = pytest.mark.usefixtures("people")


def test_a_homophone_is_compared_by_the_guard_and_goes_in_without_a_manager(desk, listed):
    number = listed(Level.REFUSE)
    visit = visit_of(desk, "张伟")
    first = watch(desk, visit).first
    assert first.asks is Asks.COMPARE
    assert refused(desk, visit) == "visit.compare"
    watch_gate.compared(desk, GUARD, first.id, Same.ANOTHER)
    assert admitted(desk, visit)
    [(_, by, facts)] = told(desk, "watch.compared")
    assert (by, facts["answer"], facts["entry"]) == (GUARD, "another", number)


def test_the_same_person_after_comparing_stays_out_until_a_manager_decides(desk, people, listed):
    listed(Level.REFUSE)
    visit = visit_of(desk, "张伟")
    watch_gate.compared(desk, GUARD, watch(desk, visit).first.id, Same.SAME)
    assert watch(desk, visit).first.asks is Asks.REFUSE
    assert refused(desk, visit) == "visit.watched"
    with pytest.raises(Refused, match=r"watch\.not_yours"):
        watch_gate.decide(
            desk, GUARD, visit, Decision.ADMIT, "认识", proof_of(people, GUARD, desk)
        )  # fmt: skip
    watch_gate.decide(desk, GUARD, visit, Decision.ADMIT, "已谈妥", proof_of(people, HOST, desk))
    assert admitted(desk, visit)
    [(_, by, facts)] = told(desk, "watch.decided")
    assert (by, facts["signed_by"], facts["means"], facts["decision"]) == (
        GUARD, HOST, "badge", "admit",
    )  # fmt: skip
    assert "已谈妥" not in json.dumps(facts, ensure_ascii=False)


@pytest.mark.parametrize("level", [Level.CALL, Level.REFUSE])
def test_the_exact_name_is_not_the_guards_to_decide(desk, listed, level):
    listed(level)
    visit = visit_of(desk, "章薇")
    first = watch(desk, visit).first
    with pytest.raises(Refused, match=r"watch\.not_a_maybe"):
        watch_gate.compared(desk, GUARD, first.id, Same.ANOTHER)
    assert refused(desk, visit) == "visit.watched"
    assert cards.visit_card(desk, visit).state is not State.ADMITTED


def test_another_identity_number_makes_the_exact_name_a_maybe(desk, listed):
    listed(Level.REFUSE, id_number=ID)
    assert watch(desk, visit_of(desk, "章薇")).first.asks is Asks.REFUSE
    assert watch(desk, visit_of(desk, "章薇", id_number=OTHER_ID)).first.asks is Asks.COMPARE
    assert watch(desk, visit_of(desk, "吴用", id_number=ID)).first.asks is Asks.REFUSE


def test_to_be_told_goes_in_and_telling_stays_open_until_it_is_done(desk, listed):
    listed(Level.TELL)
    visit = visit_of(desk, "章薇")
    with pytest.raises(Refused, match=r"watch\.not_inside"):
        watch_gate.told(desk, GUARD, visit)
    assert told(desk, "watch.told") == []
    assert admitted(desk, visit)
    assert ("visit.watched", visit) in kinds(desk)
    watch_gate.told(desk, GUARD, visit)
    assert ("visit.watched", visit) not in kinds(desk)
    assert told(desk, "watch.told")[0][2]["whom"] == HOST


def test_a_maybe_to_be_told_does_not_hold_anybody(desk, listed):
    listed(Level.TELL)
    visit = visit_of(desk, "张伟")
    assert admitted(desk, visit)
    with desk.read() as book:
        [thing] = [one for one in outstanding(desk, book) if one.kind == "visit.watched"]
    assert (thing.ref, "please compare" in thing.what.text()) == (visit, True)


def test_an_escort_stands_on_the_slip_and_in_the_list(desk, listed):
    listed(Level.ESCORT)
    visit = visit_of(desk, "章薇")
    shown = reception.admit(desk, GUARD, visit)
    assert shown.watch.escort
    with desk.read() as book:
        [job] = book.all(JOBS_OF, slip="visit", number=shown.readable)
        slip = Slip.from_json(book.unseal(job.document)).to_json()
    assert "With an escort only" in slip
    assert "大闹" not in slip


def test_a_manager_may_admit_with_an_escort(desk, people, listed):
    listed(Level.CALL)
    visit = visit_of(desk, "章薇")
    watch_gate.decide(desk, GUARD, visit, Decision.ESCORT, "主任同意", proof_of(people, HOST, desk))
    assert reception.admit(desk, GUARD, visit).watch.escort


def test_plate_phone_and_unit_are_found_too(desk, listed):
    listed(Level.CALL, name="", plate="京AO2345")
    listed(Level.CALL, name="", unit="讨债有限公司")
    listed(Level.CALL, name="吴用", phone="13900139000")
    assert watch(desk, visit_of(desk, "李四", goods="货车京A·02345")).first.asks is Asks.COMPARE
    assert watch(desk, visit_of(desk, "李四", unit="讨债公司")).first.asks is Asks.CALL
    assert watch(desk, visit_of(desk, "李四", phone="13900139000")).first.asks is Asks.CALL
    assert watch(desk, visit_of(desk, "李四")).first is None


def test_comparing_says_fits_or_not_and_never_shows_the_listed_persons_data(desk, listed):
    listed(Level.CALL, phone="13900139000", unit="东川供水公司", id_number=ID)
    first = watch(desk, visit_of(desk, "张伟")).first
    assert first.comparable == ("born", "phone", "unit")
    assert watch_gate.fits(desk, first.id, "born", "1949")
    assert not watch_gate.fits(desk, first.id, "born", "1950")
    assert watch_gate.fits(desk, first.id, "phone", "9000")
    assert watch_gate.fits(desk, first.id, "unit", "东川供水有限公司")
    assert "9000" not in repr(first)
    assert "东川" not in repr(first)


def test_an_appointment_is_looked_up_when_it_is_made_and_again_when_he_comes(desk, listed):
    details = Details(name="章薇", matter="会议")
    early = appointments.expect(desk, GUARD, details, HOST, confirmed=How.PHONE)
    assert watch(desk, early).first is None
    listed(Level.REFUSE)
    assert refused(desk, early) == "visit.watched"
    assert watch(desk, early).first.asks is Asks.REFUSE
    assert watch(desk, appointments.expect(desk, GUARD, details, HOST)).first.asks is Asks.REFUSE


def test_a_corrected_name_is_looked_up_anew_and_the_old_match_is_taken_back(desk, listed):
    listed(Level.REFUSE)
    visit = visit_of(desk, "章薇")
    until = cards.visit_card(desk, visit).until_at
    said = Details(name="章小薇", matter="办事")
    corrections.correct(desk, GUARD, visit, Corrected(said, HOST, until), "写错了")
    assert watch(desk, visit).first is None
    corrections.correct(
        desk, GUARD, visit, Corrected(replace(said, name="章薇"), HOST, until), "没写错"
    )
    assert watch(desk, visit).first.asks is Asks.REFUSE
    assert len(told(desk, "watch.unmatched")) == 1


def test_an_ended_entry_and_one_whose_time_is_over_hold_nobody(desk, people, desk_clock, listed):
    number = listed(Level.REFUSE)
    listed(Level.CALL, name="吴用", until=date(2026, 11, 23))
    over, ended = visit_of(desk, "吴用"), visit_of(desk, "章薇")
    assert watch(desk, over).first.asks is Asks.CALL
    [entry] = [one.entry for one in watch_list.entries(desk) if one.entry.number == number]
    watch_list.end(desk, GUARD, entry.id, "已和解", proof_of(people, OFFICE, desk))
    assert admitted(desk, ended)
    assert told(desk, "watch.ended")[0][2]["signed_by"] == OFFICE
    desk_clock.advance(hours=16)
    assert watch(desk, over).first is None
    with desk.read() as book:
        assert book.connection.execute(
            "SELECT count(*) FROM watch_key WHERE entry_id = ?", (entry.id,)
        ).fetchone() == (0,)


def test_only_a_manager_or_the_office_lists_and_the_reason_is_sealed(desk, people, listed):
    listing = Listing(level=Level.ESCORT, name="章薇", reason="曾大闹前台")
    with pytest.raises(Refused, match=r"watch\.not_yours"):
        watch_list.add(desk, GUARD, listing, proof_of(people, GUARD, desk))
    listed(Level.ESCORT, id_number=ID)
    raw = "\n".join(sqlite3.connect(desk.settings.desk.database).iterdump())
    for secret in ("章薇", "zhangwei", "大闹", ID, ID[-4:]):
        assert secret not in raw
    assert [(code, facts["signed_by"]) for code, _by, facts in told(desk, "watch.added")] == [
        ("watch.added", OFFICE)
    ]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": ""}, "watch.nobody"),
        ({"name": "", "phone": "8000"}, "watch.nobody"),
        ({"reason": " "}, "watch.reason_missing"),
        ({"whom": ""}, "watch.whom_missing"),
        ({"whom": "7777"}, "watch.whom_unknown"),
        ({"born": "49"}, "watch.year"),
        ({"phone": "12"}, "watch.phone"),
        ({"id_number": ID[:-1] + "1"}, "visit.id_check"),
        ({"until": date(2026, 11, 22)}, "watch.day_over"),
        ({"say": "x" * 121}, "visit.field_too_long"),
    ],
)
def test_what_cannot_be_listed_is_refused_with_its_field(desk, listed, said, code):
    with pytest.raises(Refused) as why:
        listed(Level.CALL, **said)
    assert why.value.code == code
    assert "field" in why.value.facts
    with desk.read() as book:
        assert book.all(NOT_ENDED) == []
