"""An incident from F9 to its final report: steps, reports, paper, handover, what is deleted."""

from contextlib import closing
from datetime import timedelta

import pytest

from kiosk import features
from kiosk.desk import database, journal, posts
from kiosk.desk.outstanding import Urgency
from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.signing import Means, Proof
from kiosk.desk.verify import verify
from kiosk.incidents import service
from kiosk.incidents.models import INCIDENT, STEPS_OF, Kind, Outcome, Sort
from kiosk.incidents.rules import Said
from kiosk.incidents.standing import standing
from shift_handover import service as handover
from shift_handover.from_open_things import records_of
from shift_handover.models import Mark

GUARD = "2001"
SAID = Said("三楼配电间冒烟", place="三楼", hurt="王小明轻伤", present="李建国")


def opened(desk, kind=Kind.FIRE, **how):
    return service.open_incident(desk, GUARD, kind, **how)


def entries(desk):
    with desk.read() as book:
        return [(one.code, one.facts) for one in journal.entries(book.connection, desk.gate)]


def codes(desk):
    return [code for code, _facts in entries(desk) if code.startswith("incident.")]


def things(desk):
    with desk.read() as book:
        return [one for one in features.outstanding(desk, book) if one.kind == "incident.open"]


def printed(desk, slip, number):
    with desk.read() as book:
        return [book.unseal(job.document) for job in book.all(JOBS_OF, slip=slip, number=number)]


@pytest.mark.usefixtures("people")
def test_every_step_is_kept_with_its_time_and_an_entry_of_its_own(desk, desk_clock, contacts):
    incident = opened(desk)
    for seconds, key, outcome in (
        (5, "119", Outcome.CALLED), (20, "119", Outcome.ANSWERED),
        (10, "security.1", Outcome.CALLED), (60, "security.1", Outcome.NOT_REACHED),
    ):  # fmt: skip
        desk_clock.advance(seconds=seconds)
        service.log_call(desk, GUARD, incident, contacts[key], outcome)
    with desk.read() as book:
        opened_at = book.one(INCIDENT, id=incident).opened_at
        steps = book.all(STEPS_OF, incident=incident)
        assert [book.unseal(one.whom) for one in steps][2] == "security staff: 保卫科 8110"
    assert [int((one.at - opened_at).total_seconds()) for one in steps] == [5, 25, 35, 95]
    assert codes(desk) == ["incident.opened", *["incident.step"] * 4]
    now = standing(desk, "")
    assert now.incident.number == "I1"
    assert now.next_calls(tuple(contacts.values()), frozenset()) == (
        "security.2", "superior.1", "leader.1",
    )  # fmt: skip


@pytest.mark.usefixtures("people")
def test_the_same_outcome_twice_is_told_but_a_number_may_be_called_again(desk, contacts):
    incident = opened(desk)
    one = contacts["110"]
    for outcome in (Outcome.CALLED, Outcome.NOT_REACHED):
        service.log_call(desk, GUARD, incident, one, outcome)
    with pytest.raises(Refused, match=r"incident\.said_already"):
        service.log_call(desk, GUARD, incident, one, Outcome.NOT_REACHED)
    service.log_call(desk, GUARD, incident, one, Outcome.CALLED)
    with desk.read() as book:
        assert len(book.all(STEPS_OF, incident=incident)) == 3


@pytest.mark.usefixtures("people")
def test_it_is_open_until_its_final_report_and_its_reports_are_chained(desk, desk_clock):
    incident = opened(desk)
    with pytest.raises(Refused, match=r"incident\.no_first"):
        service.report(desk, GUARD, incident, SAID, final=True)
    with pytest.raises(Refused, match=r"incident\.no_what"):
        service.report(desk, GUARD, incident, Said("  "))
    with pytest.raises(Refused, match=r"incident\.is_real"):
        service.end_drill(desk, GUARD, incident)
    desk_clock.advance(minutes=4)
    assert service.report(desk, GUARD, incident, SAID) is Sort.FIRST
    desk_clock.advance(minutes=80)
    assert service.report(desk, GUARD, incident, Said("明火已扑灭")) is Sort.FOLLOW_UP
    assert [one.number for one in things(desk)] == ["I1"]
    assert service.report(desk, GUARD, incident, Said("处置完毕"), final=True) is Sort.FINAL
    assert things(desk) == []
    with pytest.raises(Refused, match=r"incident\.closed"):
        service.report(desk, GUARD, incident, SAID)
    assert codes(desk)[-2:] == ["incident.reported", "incident.closed"]
    assert [one.said.what for one in standing(desk, incident).reports] == [
        "三楼配电间冒烟", "明火已扑灭", "处置完毕",
    ]  # fmt: skip
    with closing(database.open_reader(desk.settings.desk.database)) as reader:
        assert verify(reader, desk.gate).intact


@pytest.mark.usefixtures("people")
def test_a_drill_says_so_everywhere_and_is_no_open_thing_after_its_end(desk):
    incident = opened(desk, Kind.FLOOD, drill=True)
    [thing] = things(desk)
    assert thing.what.text() == "DRILL I1 (flooding) runs"
    assert thing.urgency is Urgency.WAITING
    service.print_record(desk, GUARD, incident)
    assert "This was a drill." in printed(desk, "incident.record", "I1")[0]
    service.end_drill(desk, GUARD, incident)
    assert things(desk) == []
    modes = [facts for code, facts in entries(desk) if code.startswith("incident.")]
    assert all('"mode":"drill"' in facts for facts in map(str, modes))
    table = register(desk)
    assert table.rows[0][2] == "drill"


@pytest.mark.usefixtures("people")
def test_a_drill_may_turn_out_real_but_never_the_other_way_round(desk):
    incident = opened(desk, Kind.FIRE, drill=True)
    service.correct(desk, GUARD, incident, Kind.FLOOD, drill=False)
    assert things(desk)[0].urgency is Urgency.NOW
    with pytest.raises(Refused, match=r"incident\.is_real"):
        service.correct(desk, GUARD, incident, Kind.FLOOD, drill=True)


def register(desk):
    build = next(f.reports["incidents"] for f in features.FEATURES if "incidents" in f.reports)
    with desk.read() as book:
        return build(desk, book, Period(desk.today(), desk.today()))


@pytest.mark.usefixtures("people")
def test_the_register_says_when_and_how_fast_and_never_the_words(desk, desk_clock, contacts):
    incident = opened(desk)
    service.log_call(desk, GUARD, incident, contacts["119"], Outcome.CALLED)
    desk_clock.advance(minutes=7)
    service.report(desk, GUARD, incident, SAID)
    [row] = register(desk).rows
    assert row == (
        "I1", "fire", "", "2026-11-23 08:20", "李建国", "1", "0", "7 min", "1", "open",
    )  # fmt: skip


@pytest.mark.usefixtures("people")
def test_f9_prints_the_contacts_once_and_again_after_a_minute(desk, desk_clock):
    assert service.print_contacts(desk, journal.SYSTEM) == "J1"
    assert service.print_contacts(desk, journal.SYSTEM) == ""
    [sheet] = printed(desk, "incident.contacts", "J1")
    places = [sheet.index(number) for number in ("110", "119", "120", "8110", "8101", "8001")]
    assert places == sorted(places)
    desk_clock.advance(seconds=61)
    assert service.print_contacts(desk, journal.SYSTEM) == "J2"


@pytest.mark.usefixtures("people")
def test_nothing_typed_is_in_the_journal_or_the_lists_and_all_goes_in_time(desk, desk_clock):
    incident = opened(desk)
    service.report(desk, GUARD, incident, SAID)
    with desk.read() as book:
        rows = book.connection.execute("SELECT facts, images FROM journal").fetchall()
        assert features.naming(book, "王小明") == ["I1"]
    told = [text for row in rows for text in row] + [str(records_of(things(desk)))]
    assert not [one for one in told if "王小明" in one or "冒烟" in one]
    service.report(desk, GUARD, incident, Said("完毕"), final=True)
    desk_clock.advance(days=desk.rules.incident_words_days + 1)
    assert features.purge(desk).counts["incidents"] == 1
    assert standing(desk, incident).reports[0].said.what == "-"
    assert register_of_all(desk)[0][0] == "I1"


def register_of_all(desk):
    build = next(f.reports["incidents"] for f in features.FEATURES if "incidents" in f.reports)
    with desk.read() as book:
        return build(desk, book, Period(desk.today() - timedelta(days=400), desk.today())).rows


def proof(desk, person):
    return Proof(person, Means.BADGE, desk.clock())


def test_a_handover_in_the_first_hour_is_said_and_taken_over_with_it(desk, desk_clock, people):
    outgoing, incoming = people["2001"], people["2002"]
    with desk.write(by=GUARD) as tx:
        posts.take(tx, desk.gate, outgoing)
    frozen = freeze(desk)
    opened(desk)
    with pytest.raises(Refused, match=r"handover\.new_red"):
        handover.accept(
            desk, frozen.id, proof(desk, outgoing), proof(desk, incoming), features.outstanding
        )
    frozen = freeze(desk)
    [line] = [one for one in frozen.document.things if one.number == "I1"]
    assert "RUNS" in line.what.template
    with pytest.raises(Refused, match=r"handover\.red_one_by_one"):
        handover.mark_known(desk, "2002", frozen.id, [line.key])
    with pytest.raises(Refused, match=r"handover\.unread"):
        handover.accept(
            desk, frozen.id, proof(desk, outgoing), proof(desk, incoming), features.outstanding
        )
    for one in frozen.document.things:
        handover.mark(desk, "2002", frozen.id, one.key, Mark.KNOWN, picked=one.next_step)
    handover.accept(
        desk, frozen.id, proof(desk, outgoing), proof(desk, incoming), features.outstanding
    )
    with desk.read() as book:
        assert posts.on_duty(book, desk.gate)[1].id == incoming.id
    assert things(desk)[0].number == "I1"
    desk_clock.advance(minutes=61)
    assert "RUNS" not in things(desk)[0].what.template


def freeze(desk):
    return handover.freeze(desk, GUARD, features.outstanding)


@pytest.mark.usefixtures("people")
def test_the_record_on_paper_names_who_reported(desk):
    incident = opened(desk)
    service.report(desk, GUARD, incident, SAID)
    [sheet] = printed(desk, "incident.record", service.print_record(desk, GUARD, incident))
    assert "08:20 李建国" in sheet
    assert GUARD not in sheet
