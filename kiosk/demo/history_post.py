"""The gatehouse's own life before the demo starts: a notice, an absence, a line, a lock-up list."""

from kiosk.demo.clock import DemoClock
from kiosk.demo.names import PLACE_TAG, TAGGED_PLACE
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.signing import Means, Proof
from shift_handover.away import service as away
from shift_handover.away.models import Cover, Kind
from shift_handover.away.rules import Asked, Keeping
from shift_handover.duty_log import service as duty_log
from shift_handover.instructions import service as instructions
from shift_handover.instructions.models import Sort
from shift_handover.instructions.rules import Said, until_at
from shift_handover.last_out import service as last_out
from shift_handover.last_out.rules import Answer
from shift_handover.safety import editing

DUTY_LEADER, RECEPTIONIST = "1008", "3001"


def notice_and_tag(desk: Desk, manager: str, guard: str) -> None:
    """Let the manager hang the tag of the safety check, and the receptionist tell of a delivery."""
    signed = Proof(_person(desk, manager), Means.BADGE, desk.clock())
    editing.enrol(desk, signed, TAGGED_PLACE, PLACE_TAG)
    told = Said(Sort.NOTICE, "周五二楼会议室停用")
    instructions.give(desk, guard, RECEPTIONIST, told)


def leave_and_come_back(desk: Desk, clock: DemoClock, guard: str) -> None:
    """Let the guard read the meter while the receptionist keeps the post."""
    keeping = Keeping(Cover.COMPANION, _person(desk, RECEPTIONIST), Means.BADGE)
    clock.advance(minutes=40)
    away.start(desk, guard, Asked(Kind.AWAY, 15, "配电室", "抄电表"), keeping)
    clock.advance(minutes=11)
    away.come_back(desk, _person(desk, guard), Means.BADGE)


def write_duty_line(desk: Desk, guard: str) -> None:
    """Write a line into the duty log."""
    duty_log.write(desk, guard, "东侧门路灯不亮，已告知管理部马志强，答复明天派电工来看")


def sign_lock_up_list(desk: Desk, guard: str, last: str) -> None:
    """Let the last one of the house sign that everything is off and shut."""
    answers = [Answer(item, done=True) for item in last_out.items(desk)]
    last_out.sign(desk, guard, answers, [(_person(desk, last), Means.BADGE)])


def look_over_lock_up_list(desk: Desk, guard: str) -> None:
    """Let the guard confirm every line of the signed list."""
    with desk.read() as book:
        [signed] = last_out.unchecked_lists(book)
    for line in signed.lines:
        last_out.check_line(desk, guard, line.id)


def instruct(desk: Desk, guard: str) -> None:
    """Let the leader on duty give an instruction; ``guard`` knows it, the next one not yet."""
    until = until_at("+7", desk.local(desk.clock()))
    said = Said(Sort.INSTRUCTION, "检查组来访，先报我", until)
    instructions.give(desk, guard, DUTY_LEADER, said)
    with desk.read() as book:
        [one] = (one for one in instructions.in_force(desk, book) if one.words == said.words)
    instructions.know(desk, guard, one.id, _person(desk, guard), Means.BADGE)


def _person(desk: Desk, staff_no: str) -> Person:
    with desk.read() as book:
        return person_by_staff_no(book, staff_no)
