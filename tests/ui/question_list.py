"""Every question the kiosk asks, each made with things of the demo's site."""

from datetime import timedelta

from questions_of_attendance import questions_about_days, questions_about_taps, questions_of_leave
from questions_of_keys import questions_about_things, questions_of_a_loan
from questions_of_shift import (
    last_round,
    line_from_the_back_gate,
    questions_of_locking_up,
    questions_of_the_exits,
    questions_of_the_post,
)
from questions_of_visitors import questions_at_the_exit, questions_of_a_roll_call

from kiosk.attendance.closing.screens_objections import ask_to_answer
from kiosk.attendance.closing.screens_own import ReadOwnMonth
from kiosk.attendance.closing.screens_proved import ProveThen
from kiosk.attendance.closing.screens_sheet import ReadSheet
from kiosk.attendance.counters.screens_home import ProveReader
from kiosk.attendance.outing.reading import Why
from kiosk.attendance.outing.screens_home import WhyDialog
from kiosk.attendance.overtime.screens_new import NoteWord
from kiosk.attendance.screens import Confirm, NumberAndPin
from kiosk.attendance.screens_badges import BadgesOf, FindBadges
from kiosk.attendance.screens_enrol import EnrolCard
from kiosk.attendance.spares.screens_lend import AddSpare
from kiosk.attendance.stand_ins.screens_name import AskUntil
from kiosk.attendance.weather.screens_telephoned import WhyAbsent
from kiosk.desk.loans import THINGS
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.signing import Means, Proof
from kiosk.desk_line.screens_read import ReadLine
from kiosk.enquiries.screens_new import WhoWasAsked
from kiosk.enquiries.screens_notice import NoticeDialog
from kiosk.keys.screens_add import AddKey
from kiosk.keys.screens_lend import LendKey
from kiosk.keys.screens_return import TakeBack
from kiosk.messages.rules import Said
from kiosk.messages.screens_deliver import DeliverMessages
from kiosk.messages.screens_new import ReadMessageBack
from kiosk.parcels.screens_hand_out import HandOut
from kiosk.passes.reading import ItemShown
from kiosk.passes.screens_keep import KeepGoods
from kiosk.passes.screens_pieces import AskPieces
from kiosk.passes.screens_start import PassByNumber, StartPass
from kiosk.slip_answers import SlipInDoubt, SlipWaiting
from kiosk.ui.ask_proof import AskProof
from shift_handover.matters import Entrusting
from shift_handover.models import GiverKind
from shift_handover.rules import ITEMS
from shift_handover.safety.screens_describe import DescribeFault
from shift_handover.safety.screens_faults import CloseFault
from shift_handover.safety.screens_report import AnswerReport, ReportRound, SayReport
from shift_handover.screens_entrust import EntrustScreen, ReadBack
from shift_handover.screens_matters import AskReceiver, CloseMatter
from shift_handover.screens_signing import IncomingRefuses, IncomingSigns, OutgoingSigns, WhoReads
from visitors.appointments_conflicts import Against, Conflict
from visitors.cards import visit_card
from visitors.emergency.screens import LetInAtOnce
from visitors.screens_conflicts import ConflictsDialog
from visitors.screens_watch_acts import Compare
from visitors.watch_gate import Asks, Match
from visitors.watch_models import Level


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
        ProveReader: ProveReader,
        NumberAndPin: NumberAndPin,
        ReadOwnMonth: ReadOwnMonth,
        ReadSheet: ReadSheet,
        ProveThen: ask_to_answer,
        Confirm: lambda: Confirm(Proof(guard, Means.NO_BADGE, desk.clock())),
        AskUntil: lambda: AskUntil(guard),
        WhyDialog: lambda: WhyDialog("王强", Why("OT1", "开会", "李娜", "2046204")),
        **questions_about_taps(desk, guard),
        EnrolCard: lambda: EnrolCard("04AABBCCDDEE80"),
        FindBadges: FindBadges,
        **questions_of_leave(guard, desk.today()),
        BadgesOf: lambda: BadgesOf(guard),
        WhyAbsent: lambda: WhyAbsent(guard, other),
        AddSpare: AddSpare,
        NoteWord: lambda: NoteWord(guard, other),
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
        ReadLine: lambda: ReadLine(line_from_the_back_gate(desk)),
        **questions_at_the_exit(visit_card(desk, refs["visit.waiting"]), slip),
        **questions_about_days(desk, guard, other),
    }
