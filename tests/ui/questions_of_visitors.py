"""How the questions round a visit and a roll call are made."""

from dataclasses import replace
from functools import partial

from kiosk.desk.loans import ThingKind
from kiosk.roll_call.models import RollKind
from kiosk.roll_call.screens_questions import AskHowMany, AskName, ChooseOne
from kiosk.roll_call.words import kind_word
from visitors import screens_exit_ask as exit_ask
from visitors.exit.lending import Lent
from visitors.screens_gates import WhichIsRight
from visitors.screens_lane_acts import HelmetQuestion, HelmetsBack
from visitors.screens_mobile import AskMobile

TWICE_FACTS = {
    "visitor": "王先生", "first": "017", "first_gate": "gate-1", "first_at": "08:20",
    "second": "1017", "second_gate": "gate-2", "second_at": "08:41",
}  # fmt: skip


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
        WhichIsRight: lambda: WhichIsRight(thing._replace(facts=TWICE_FACTS)),
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
