"""How the questions about keys and things are made."""

from datetime import timedelta

from kiosk.desk.loans import LOAN, THINGS, Approval, Reason
from kiosk.desk.outstanding import Wording
from kiosk.desk.people import person_by_staff_no
from kiosk.keys import asking
from kiosk.keys.losing import Lost, report_lost
from kiosk.keys.models import Reservation
from kiosk.keys.screens_ask_things import AskThings
from kiosk.keys.screens_badge_first import BadgeFirst
from kiosk.keys.screens_change import ChangeThing, NewTag
from kiosk.keys.screens_elsewhere import HangsHere
from kiosk.keys.screens_emergency import Emergency
from kiosk.keys.screens_lose import AfterLoss, BlockThing, DecideLoss, ReportLost
from kiosk.keys.screens_pass import PassOn
from kiosk.keys.screens_phone import AnswerOfManager, ChooseManager, Phoned
from kiosk.keys.screens_reserve import AskSpan, CancelBooking
from kiosk.keys.screens_return import FoundAgain, HowDamaged, SayDamaged
from kiosk.keys.screens_signed import GiveWord, manager_help, retire_signed
from kiosk.keys.screens_word import AskReason, AskWord, ReadWarnings, SaidYes, Wish, WordHere
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.signed_act import SignedAct


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
        HangsHere: lambda: HangsHere("", thing.label),
    }
