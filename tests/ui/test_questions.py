"""A question that is open when the language changes: it says all of itself in the new one."""

import importlib
import pkgutil
import re
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from textual.widgets import Input

import kiosk
import shift_handover
import visitors
from kiosk.attendance.screens import Confirm, NumberAndPin
from kiosk.attendance.screens_badges import BadgesOf, FindBadges
from kiosk.attendance.screens_enrol import EnrolCard
from kiosk.desk.loans import LOAN, THINGS, Approval, Reason, ThingKind
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import _
from kiosk.enquiries.screens_new import WhoWasAsked
from kiosk.enquiries.screens_notice import NoticeDialog
from kiosk.keys import asking
from kiosk.keys.losing import Lost, report_lost
from kiosk.keys.models import Reservation
from kiosk.keys.screens_add import AddKey
from kiosk.keys.screens_ask_things import AskThings
from kiosk.keys.screens_badge_first import BadgeFirst
from kiosk.keys.screens_change import ChangeThing, NewTag
from kiosk.keys.screens_emergency import Emergency
from kiosk.keys.screens_lend import LendKey
from kiosk.keys.screens_lose import AfterLoss, BlockThing, DecideLoss, ReportLost
from kiosk.keys.screens_pass import PassOn
from kiosk.keys.screens_phone import AnswerOfManager, ChooseManager, Phoned
from kiosk.keys.screens_reserve import AskSpan, CancelBooking
from kiosk.keys.screens_return import FoundAgain, HowDamaged, SayDamaged, TakeBack
from kiosk.keys.screens_signed import GiveWord, manager_help, retire_signed
from kiosk.keys.screens_word import AskReason, AskWord, ReadWarnings, SaidYes, Wish, WordHere
from kiosk.messages.rules import Said
from kiosk.messages.screens_deliver import DeliverMessages
from kiosk.messages.screens_new import ReadMessageBack
from kiosk.parcels.screens_hand_out import HandOut
from kiosk.passes.reading import ItemShown
from kiosk.passes.screens_keep import KeepGoods
from kiosk.passes.screens_pieces import AskPieces
from kiosk.passes.screens_start import PassByNumber, StartPass
from kiosk.roll_call.models import RollKind
from kiosk.roll_call.screens_questions import AskHowMany, AskName, ChooseOne
from kiosk.roll_call.words import kind_word
from kiosk.slip_answers import SlipInDoubt, SlipWaiting
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.dialogs import Dialog
from kiosk.ui.row_list import RowList
from kiosk.ui.signed_act import SignedAct
from shift_handover.away.models import Kind
from shift_handover.away.rules import Asked
from shift_handover.away.screens_cover import CompanionTaps, WhoKeeps
from shift_handover.away.screens_errand import WhoAsked
from shift_handover.away.screens_uncovered import NobodyOnPost
from shift_handover.exits.rules import next_steps
from shift_handover.exits.screens_questions import (
    LeaderSigns,
    ReadBackStep,
    SignsWords,
    TakesOver,
)
from shift_handover.exits.screens_ways import Ways
from shift_handover.from_open_things import records_of
from shift_handover.instructions import service as instructions
from shift_handover.instructions.models import Sort
from shift_handover.instructions.rules import Said as InstructionSaid
from shift_handover.last_out import service as last_out
from shift_handover.last_out.rules import Answer
from shift_handover.last_out.screens_gone import SeenGone
from shift_handover.last_out.screens_list import LeaversSign
from shift_handover.last_out.screens_round import SettleDispute, SettleMissing
from shift_handover.lockup.screens import ReadLockUpBack
from shift_handover.matters import Entrusting
from shift_handover.models import LAST_ROUND, GiverKind
from shift_handover.presence.models import PresencePrompt
from shift_handover.presence.screens_explain import ExplainMissed
from shift_handover.records import LockedUp
from shift_handover.rules import ITEMS
from shift_handover.safety.screens_describe import DescribeFault
from shift_handover.safety.screens_faults import CloseFault
from shift_handover.safety.screens_report import AnswerReport, ReportRound, SayReport
from shift_handover.screens_entrust import EntrustScreen, ReadBack
from shift_handover.screens_instruct import ReadInstructionBack
from shift_handover.screens_known import ReadInstruction
from shift_handover.screens_matters import AskReceiver, CloseMatter
from shift_handover.screens_signing import IncomingRefuses, IncomingSigns, OutgoingSigns, WhoReads
from visitors import screens_exit_ask as exit_ask
from visitors.appointments_conflicts import Against, Conflict
from visitors.cards import visit_card
from visitors.emergency.screens import LetInAtOnce
from visitors.exit.lending import Lent
from visitors.screens_conflicts import ConflictsDialog
from visitors.screens_lane_acts import HelmetQuestion, HelmetsBack
from visitors.screens_mobile import AskMobile
from visitors.screens_watch_acts import Compare
from visitors.watch_gate import Asks, Match
from visitors.watch_models import Level

ONLY_BASES = {
    "Choose",
    "AskText",
    "AskSaved",
    "Signs",
    "Settles",
    "FindPerson",
    "Waiting",
    "_Taps",
    "_AskMinutes",
}  # asked with the words of who asks; seen below
COUNTDOWN = re.compile(r"\d+ s\b")


def questions_of_the_exits(kiosk, guard):
    with kiosk.desk.read() as book:
        record = next(
            one for one in records_of(kiosk.outstanding(kiosk.desk, book)) if one.next_step
        )
    return {
        Ways: Ways,
        ReadBackStep: lambda: ReadBackStep(record, next_steps("", record, ())),
        LeaderSigns: lambda: LeaderSigns([guard.id]),
        TakesOver: lambda: TakesOver(guard),
        SignsWords: SignsWords,
    }


def every_question(walk):
    """Return how to make each question of the kiosk, with things of the demo's site."""
    desk = walk.app.kiosk.desk
    with desk.read() as book:
        guard, other = person_by_staff_no(book, "2001"), person_by_staff_no(book, "2002")
        thing = book.all(THINGS)[0]
        refs = {one.kind: one.ref for one in walk.app.kiosk.outstanding(desk, book)}
    slip = OpenThing("slip.unknown", "", "H3", Urgency.NOW, Wording("{n}", {"n": 3}), desk.clock())
    maybe = Match("", Asks.COMPARE, Level.REFUSE, "", "", "", ("born",), desk.clock())
    asked = Entrusting(
        GiverKind.VISITOR, "陈师傅", "王强", "开门", "纸袋", desk.clock() + timedelta(hours=1)
    )
    return {
        AskProof: lambda: AskProof(str),
        NumberAndPin: NumberAndPin,
        Confirm: lambda: Confirm(Proof(guard, Means.NO_BADGE, desk.clock())),
        EnrolCard: lambda: EnrolCard("04AABBCCDDEE80"),
        FindBadges: FindBadges,
        BadgesOf: lambda: BadgesOf(guard),
        AddKey: AddKey,
        LendKey: lambda: LendKey(thing),
        TakeBack: lambda: TakeBack(refs["loan.out"]),
        **questions_of_a_loan(walk.app.kiosk, thing, guard, refs["loan.out"]),
        DeliverMessages: lambda: DeliverMessages(refs["message"]),
        ReadMessageBack: lambda: ReadMessageBack(other, Said("王小明", "请回电", urgent=True)),
        HandOut: lambda: HandOut(refs["parcel"]),
        StartPass: StartPass,
        PassByNumber: PassByNumber,
        KeepGoods: lambda: KeepGoods("", "刘师傅"),
        AskPieces: lambda: AskPieces(ItemShown(1, "椅", "", 3, 0, 0, 3)),
        WhoWasAsked: WhoWasAsked,
        NoticeDialog: lambda: NoticeDialog(refs["enquiry"]),
        LetInAtOnce: LetInAtOnce,
        ConflictsDialog: lambda: ConflictsDialog(desk, [Conflict(Against.DAY_OFF, "周所长")]),
        Compare: lambda: Compare(maybe, visit_card(desk, refs["visit.waiting"])),
        SlipInDoubt: lambda: SlipInDoubt(slip),
        SlipWaiting: lambda: SlipWaiting(slip),
        ReadBack: lambda: ReadBack(asked),
        CloseFault: lambda: CloseFault(refs["safety.fault"]),
        ReportRound: lambda: ReportRound(""),
        AnswerReport: lambda: AnswerReport(last_round(desk)),
        SayReport: lambda: SayReport(str),
        CloseMatter: lambda: CloseMatter(refs["matter"]),
        AskReceiver: lambda: AskReceiver("王强"),
        DescribeFault: lambda: DescribeFault(ITEMS[0]),
        WhoReads: lambda: WhoReads(guard),
        OutgoingSigns: lambda: OutgoingSigns(guard),
        IncomingSigns: lambda: IncomingSigns(other, 120),
        IncomingRefuses: lambda: IncomingRefuses(other),
        EntrustScreen: lambda: EntrustScreen(GiverKind.INSIDER),
        **questions_of_the_exits(walk.app.kiosk, guard),
        **questions_of_the_post(walk.app.kiosk, guard, other),
        **questions_about_things(walk.app.kiosk, thing, guard),
        **questions_of_a_roll_call(walk.app.screen),
        **questions_of_locking_up(desk, other),
        **questions_at_the_exit(visit_card(desk, refs["visit.waiting"]), slip),
    }


def questions_of_the_post(kiosk, guard, other):
    """Return how to make the questions round an absence, an errand and an instruction."""
    said = InstructionSaid(Sort.NOTICE, "东门修路，请走南门")
    instructions.give(kiosk.desk, "2001", "2001", said)
    with kiosk.desk.read() as book:
        one = instructions.in_force(kiosk.desk, book)[0]
    asked, missed = Asked(Kind.AWAY, 5, "水表间", "抄表"), missed_prompt(kiosk.desk, guard)
    return {
        WhoKeeps: lambda: WhoKeeps(asked, guard),
        CompanionTaps: lambda: CompanionTaps(lambda: _("Step away"), guard),
        WhoAsked: WhoAsked,
        ExplainMissed: lambda: ExplainMissed(missed),
        ReadInstruction: lambda: ReadInstruction(one.id),
        ReadInstructionBack: lambda: ReadInstructionBack(other, said),
    }


def missed_prompt(desk, guard):
    """Return a presence prompt that the guard did not answer."""
    with desk.write(by="2001") as tx:
        prompt = tx.put(
            PresencePrompt(
                number="ZG9", post=desk.gate, person_id=guard.id, asked_at=tx.now,
                missed_at=tx.now, ended_at=tx.now,
            )
        )  # fmt: skip
        tx.record("presence.missed", number=prompt.number)
    return prompt.id


def questions_of_locking_up(desk, leaver):
    """Return how to make the questions round the lock-up list, with one line in dispute."""
    answers = [Answer(one, done=True) for one in last_out.items(desk)]
    last_out.sign(desk, "2001", answers, [(leaver, Means.BADGE)])
    with desk.read() as book:
        line = last_out.unchecked_lists(book)[0].lines[0]
    last_out.check_line(desk, "2001", line.id, "灯亮着")
    said = LockedUp(leader="赵主任", told_at=desk.clock(), said="可以", doors="已锁", keys="12 把")
    return {
        NobodyOnPost: NobodyOnPost,
        SeenGone: lambda: SeenGone(leaver, "17:40"),
        LeaversSign: lambda: LeaversSign(tuple(answers)),
        SettleDispute: lambda: SettleDispute(line.id),
        SettleMissing: lambda: SettleMissing(""),
        ReadLockUpBack: lambda: ReadLockUpBack(said, 3),
    }


def last_round(desk):
    """Return the last finished round of the safety check."""
    with desk.read() as book:
        done, _by = book.one(LAST_ROUND, post=desk.gate)
    return done.id


def questions_at_the_exit(visit, thing):
    """Return how to make the questions round a visit that goes in or out."""
    lent = Lent("", "", "K1", "访客卡7", ThingKind.VISITOR_CARD, thing.since)
    return {
        exit_ask.AskHowMany: lambda: exit_ask.AskHowMany(visit),
        exit_ask.AskGoods: lambda: exit_ask.AskGoods(visit),
        exit_ask.LendThing: lambda: exit_ask.LendThing(visit),
        exit_ask.TakeBackThing: lambda: exit_ask.TakeBackThing([lent]),
        exit_ask.NotBack: lambda: exit_ask.NotBack(thing),
        exit_ask.ToldGate: lambda: exit_ask.ToldGate(thing),
        exit_ask.SettleDifference: lambda: exit_ask.SettleDifference(thing),
        HelmetQuestion: lambda: HelmetQuestion(visit),
        HelmetsBack: lambda: HelmetsBack(replace(visit, helmet="12 13")),
        AskMobile: lambda: AskMobile(visit.id, visit.ladder.steps[0]),
    }


def questions_of_a_roll_call(behind):
    """Return how to make the questions that go on marking."""
    kinds = [(kind.value, partial(kind_word, kind)) for kind in RollKind]
    return {
        AskName: lambda: AskName(behind),
        AskHowMany: lambda: AskHowMany(behind, "王小明", 2),
        ChooseOne: lambda: ChooseOne(behind, partial(kind_word, RollKind.DRILL), kinds),
    }


def questions_of_a_loan(kiosk, thing, guard, loan_id):
    """Return how to make the questions round the loan of a key."""
    with kiosk.desk.read() as book:
        loan, lent, holder = book.one(LOAN, id=loan_id)
        manager = person_by_staff_no(book, "1001")
    late = Wording(asking._HOLDS_LATE, {"name": "王", "thing": "K"})
    wish, said = Wish((thing,), guard), SaidYes()
    asked = [asking.Asked(thing, Approval.MANAGER, None, (), None)]
    phoned = Phoned([thing], guard, asked, Reason.OVERTIME, [])
    return {
        BadgeFirst: BadgeFirst,
        PassOn: lambda: PassOn(lent, loan, holder or guard),
        Emergency: Emergency,
        HowDamaged: lambda: HowDamaged(thing),
        SayDamaged: lambda: SayDamaged(loan_id, thing),
        FoundAgain: lambda: FoundAgain(thing),
        ReadWarnings: lambda: ReadWarnings(wish.things, [late.text]),
        AskReason: lambda: AskReason(wish),
        AskWord: lambda: AskWord(wish, asked, said),
        WordHere: lambda: WordHere(wish, asked, said),
        ChooseManager: lambda: ChooseManager([manager]),
        AnswerOfManager: lambda: AnswerOfManager(manager, kiosk, phoned),
    }


def questions_about_things(kiosk, thing, person):
    """Return how to make the questions that a thing's card and the board ask."""
    desk = kiosk.desk
    with desk.read() as book:
        hanging = next(one for one in book.all(THINGS) if one.label != thing.label)
    loss = report_lost(desk, hanging.id, person, person.staff_no, desk.clock())
    span = (desk.clock() + timedelta(hours=1), desk.clock() + timedelta(hours=2))
    booked = Reservation(
        number="R1", thing_id=thing.id, person_id=person.id, from_at=span[0], until_at=span[1]
    )
    lost_card = Lost(loss.loss_id, loss.number, thing.label, "", card_blocked=True)
    return {
        AskPerson: lambda: AskPerson(manager_help),
        AskThings: lambda: AskThings(manager_help),
        ChangeThing: lambda: ChangeThing(thing, ""),
        NewTag: lambda: NewTag(thing),
        ReportLost: lambda: ReportLost(thing),
        AfterLoss: lambda: AfterLoss(lost_card),
        DecideLoss: lambda: DecideLoss(loss.loss_id),
        BlockThing: lambda: BlockThing(thing),
        AskSpan: lambda: AskSpan(manager_help, [manager_help]),
        CancelBooking: lambda: CancelBooking([(booked, person)], desk),
        SignedAct: lambda: retire_signed(kiosk, thing),
        GiveWord: lambda: GiveWord("", lambda: thing.label),
    }


def kinds_of(base):
    """Return every question class there is."""
    below = {kind for one in base.__subclasses__() for kind in kinds_of(one)}
    return below if base is Dialog else below | {base}


async def seen(walk, make):
    """Open a question, wait until it stands still, and return the whole picture's words."""
    walk.app.push_screen(make())
    await walk.picture()
    return COUNTDOWN.sub("20 s", walk.text())


async def test_f12_says_every_question_as_if_it_had_been_asked_in_that_language(kiosk_at):
    different = []
    for package in (kiosk, visitors, shift_handover):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "screens" in module.name or ".ui." in module.name:
                importlib.import_module(module.name)
    async with kiosk_at("zh_CN") as walk:
        await walk.open_desk()
        walk.rest()
        questions = every_question(walk)
        assert {kind.__name__ for kind in kinds_of(Dialog)} - ONLY_BASES <= {
            kind.__name__ for kind in questions
        }
        for kind, make in questions.items():
            chinese = await seen(walk, make)
            await walk.press("f12")
            await walk.picture()
            changed = COUNTDOWN.sub("20 s", walk.text())
            walk.app.pop_screen()
            english = await seen(walk, make)
            if changed != english or chinese == english:
                different.append((kind.__name__, changed, english))
            walk.app.pop_screen()
            await walk.press("f12")
    assert different == []


async def test_what_was_typed_and_the_reason_under_it_stay(kiosk_at):
    async with kiosk_at("zh_CN") as walk:
        await walk.press("f10")
        await walk.front("AskProof")
        await walk.line("2001")
        await walk.line("1111")
        await walk.until(lambda: "密码不对" in walk.text(), "the reason")
        await walk.press(*"25", "left", "f12")
        await walk.until(lambda: "PIN" in walk.text(), "English")
        assert "密码不对" not in walk.text()
        assert "Wrong PIN. Tries left" in walk.text()
        number, pin = walk.app.screen.query(Input)
        assert (number.value, pin.value, pin.cursor_position) == ("2001", "25", 1)
        assert walk.app.focused is pin
        await walk.press("end", *"80", "enter")
        await walk.until(lambda: walk.app.kiosk.operator is not None, "the desk to open")


async def test_the_cursor_stays_on_its_choice_and_the_reason_is_in_the_language_of_the_choice(
    kiosk_at,
):
    async with kiosk_at("zh_CN") as walk:
        await walk.open_desk()
        await walk.press("f2")
        await walk.front("VisitorsScreen")
        await walk.line("001")
        await walk.front("VisitScreen")
        await walk.press("4")
        await walk.front("Choose")
        await walk.press("down", "f12")
        await walk.until(lambda: "The visitor has lost the slip" in walk.text(), "English")
        assert walk.app.screen.query_one(RowList).cursor == 1
        await walk.press("4")
        await walk.front("AskText")
        assert "Why is the slip printed again?" in walk.text()
        await walk.press("f12")
        await walk.until(lambda: "为什么补打会客单" in walk.text(), "Chinese")
        await walk.press("enter")
        await walk.until(lambda: "请先填写内容" in walk.text(), "the reason")
        await walk.press("f12")
        await walk.until(lambda: "Please type something first." in walk.text(), "English")


async def test_what_is_asked_before_an_entry_is_void_is_said_in_the_new_language(kiosk_at):
    async with kiosk_at("zh_CN") as walk:
        await walk.open_desk()
        await walk.press("f2")
        await walk.front("VisitorsScreen")
        await walk.line("001")
        await walk.front("VisitScreen")
        await walk.press("6")
        await walk.front("Choose")
        await walk.press("f12")
        await walk.until(lambda: "Is somebody inside under" in walk.text(), "English")
        assert "No, nobody: void it, with badge and PIN" in walk.text()
        assert ".." not in walk.text()
        await walk.press("3", "1")
        await walk.front("AskProof")
        assert "I state that nobody is inside under" in walk.text()
        assert "Who is on duty: badge, then PIN." in walk.text()
        await walk.press("f12")
        await walk.until(lambda: "I state" not in walk.text(), "Chinese")
        assert "Who is on duty" not in walk.text()


async def test_why_a_badge_is_blocked_is_asked_in_the_new_language(kiosk_at):
    async with kiosk_at("zh_CN") as walk:
        await walk.open_desk()
        with walk.app.kiosk.desk.read() as book:
            guard = person_by_staff_no(book, "2001")
        walk.app.push_screen(BadgesOf(guard))
        await walk.front("BadgesOf")
        await walk.until(lambda: walk.app.screen.query_one(RowList).rows, "the badges")
        await walk.press("enter")
        await walk.front("Choose")
        await walk.press("down", "f12")
        await walk.until(lambda: "Block the badge of" in walk.text(), "English")
        reasons = walk.app.screen.query_one(RowList)
        assert reasons.cursor == 1
        assert all(row.cells[1].isascii() for row in reasons.rows)


@pytest.mark.parametrize("changed", [False, True])
async def test_a_place_that_the_guard_did_not_change_is_said_in_the_new_language(kiosk_at, changed):
    async with kiosk_at("zh_CN") as walk:
        await walk.open_desk()
        walk.app.push_screen(DescribeFault(ITEMS[0]))
        await walk.front("DescribeFault")
        await walk.line("门坏")
        if changed:
            await walk.press("东")
        await walk.press("f12")
        await walk.until(lambda: "Where exactly" in walk.text(), "English")
        what, where = list(walk.app.screen.query(Input))[:2]
        assert (what.value, where.value) == ("门坏", "院内东" if changed else "Yard")
