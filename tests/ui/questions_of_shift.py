"""How the questions round the post, the handover and locking up are made."""

from kiosk.desk.signing import Means
from kiosk.desk.words import _
from kiosk.desk_line.models import DeskLine
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
from shift_handover.models import LAST_ROUND
from shift_handover.presence.models import PresencePrompt
from shift_handover.presence.screens_explain import ExplainMissed
from shift_handover.records import LockedUp
from shift_handover.screens_instruct import ReadInstructionBack
from shift_handover.screens_known import ReadInstruction


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


def line_from_the_back_gate(desk):
    """Return a line that came from another desk of the site."""
    with desk.write(by="2001") as tx:
        subject = tx.new_subject()
        words = tx.seal(subject, "水厂的人往这边来了")
        line = tx.put(
            DeskLine(
                from_gate="back", subject=subject, words=words, sent_at=tx.now, sent_by="2002"
            )
        )  # fmt: skip
        tx.record("desk_line.sent", line=line.id, to="")
    return line.id


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
