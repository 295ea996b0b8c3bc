"""Shifts that do not end as they should: absences, incidents, no relief, takeovers, lock-ups."""

from contextlib import suppress

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from shifts import CLOSINGS, GUARD, GUARDS, WHICH, WHO, Shifts
from sqlmodel import col, select

from kiosk import features
from kiosk.desk import posts
from kiosk.desk.people import Rank
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means
from kiosk.incidents import rules as incident_rules
from kiosk.incidents import service as incidents
from kiosk.incidents.models import Incident
from kiosk.incidents.models import Kind as IncidentKind
from shift_handover.away import service as away
from shift_handover.away.models import Cover, Door, Kind
from shift_handover.away.rules import Asked, Keeping
from shift_handover.exits import addenda, leader, relief
from shift_handover.instructions import service as instructions
from shift_handover.instructions.models import Sort
from shift_handover.instructions.rules import Said
from shift_handover.lockup import service as lockup
from shift_handover.lockup.models import LockUp
from shift_handover.lockup.rules import Told

LEADER = "1001"
TOLD = Told("赵主任", "", "可以锁门", "已锁", "12 把")
_POSTS = select(posts.Duty).where(col(posts.Duty.until).is_(None))
_INCIDENTS = select(Incident).order_by(col(Incident.id))
_LOCK_UPS = select(LockUp).order_by(col(LockUp.id))
WORD = st.sampled_from(
    [leader.Word(name="赵主任", said="知道了"), leader.Word(name="赵主任"), leader.Word()]
)


class Nights(Shifts):
    """The same gatehouse, with everything that can go otherwise at night."""

    closings = CLOSINGS | {
        "away": {"away.ended", "post.left"},
        "post.uncovered": {"post.taken"},
        "incident.open": {"incident.closed"},
        "notice": {"instruction.closed"},
        "handover.locked_up": {"lockup.read"},
        "relief.none": {"post.left"},
    }

    def holder(self):
        """Return who is on the post; the next guard takes one that was left empty."""
        if not self.all(_POSTS):
            self.somebody_opens_the_desk(GUARDS[0])
        return super().holder()

    @rule(by=WHO)
    def somebody_opens_the_desk(self, by):
        with suppress(Refused), self.desk.write(by=by) as tx:
            posts.open_desk(tx, self.desk.gate, self.people[by], Means.BADGE)

    @rule(
        kind=st.sampled_from(Kind), minutes=st.sampled_from([5, 30]), cover=st.sampled_from(Cover),
        companion=WHO,
    )  # fmt: skip
    def the_guard_steps_away(self, kind, minutes, cover, companion):
        keeping = Keeping(
            cover, companion=self.people[companion], means=Means.BADGE,
            leader=self.people[LEADER], words="去吧", door=Door.LOCKED,
        )  # fmt: skip
        with suppress(Refused):
            asked = Asked(kind, minutes, "二楼", "送钥匙")
            away.start(self.desk, self.holder(), asked, keeping)

    @rule(who=WHO)
    def somebody_is_back(self, who):
        with suppress(Refused):
            away.come_back(self.desk, self.people[who], Means.BADGE)

    @rule()
    def an_absence_is_found_to_be_over(self):
        away.note_overdue(self.desk)

    @rule(leads=st.sampled_from(["1001", "2002"]))
    def the_post_is_left_on_a_word(self, leads):
        with suppress(Refused):
            away.leave_post(self.desk, self.holder(), self.people[leads], "可以", Door.LOCKED)

    @rule(kind=st.sampled_from(IncidentKind), drill=st.booleans())
    def something_happens(self, kind, drill):
        incidents.open_incident(self.desk, self.holder(), kind, drill=drill)

    @rule(which=WHICH, final=st.booleans())
    def it_is_reported(self, which, final):
        found = self.all(_INCIDENTS)
        if found:
            said = incident_rules.Said(what="二楼冒烟")
            with suppress(Refused):
                one = found[which % len(found)]
                incidents.report(self.desk, self.holder(), one.id, said, final=final)

    @rule(by=WHO)
    def a_notice_is_given(self, by):
        with suppress(Refused):
            instructions.give(self.desk, self.holder(), by, Said(Sort.NOTICE, "东门修路"))

    @rule(which=WHICH)
    def a_notice_is_closed(self, which):
        with self.desk.read() as book:
            found = instructions.in_force(self.desk, book)
        if found:
            one = found[which % len(found)]
            instructions.close(self.desk, self.holder(), one.id, "路已修好")

    @rule(who=GUARD, comes=st.booleans())
    def the_relief(self, who, comes):
        with suppress(Refused):
            (relief.come if comes else relief.go)(self.desk, who)

    @rule(word=WORD, by=WHO)
    def no_relief_comes(self, word, by):
        before = self.holder()
        with suppress(Refused):
            leader.unrelieved(self.desk, by, word)
        assert self.holder() == before

    @rule(incoming=WHO, word=WORD, leads=st.sampled_from(["", "1001", "2001", "9001"]))
    def somebody_takes_over_alone(self, incoming, word, leads):
        before = self.holder()
        said = leader.Word(proof=self.proof(leads)) if leads else word
        try:
            done = leader.take_over(
                self.desk, self.proof(incoming), said, "交班人突然晕倒", features.outstanding
            )
        except Refused:
            assert self.holder() == before
            return
        assert self.holder() == incoming != before
        if leads:
            assert self.people[leads].rank is not Rank.ORDINARY
            assert leads not in {incoming, before}
        self.seal(done.id)

    @rule(by=WHO)
    def the_night_ends_locked_up(self, by):
        before = self.holder()
        try:
            done = lockup.lock_up(self.desk, self.proof(by), TOLD, features.outstanding)
        except Refused:
            assert self.holder() == before
            return
        assert by == before
        assert self.all(_POSTS) == []
        self.seal(done.id)

    @rule(by=WHO, which=WHICH)
    def the_lock_up_is_read(self, by, which):
        found = self.all(_LOCK_UPS)
        if found:
            with suppress(Refused):
                row = found[which % len(found)].handover_id
                lockup.sign_read(self.desk, self.proof(by), row)
                assert by == self.holder()

    @rule(which=st.integers(0, 2), by=WHO)
    def words_are_added(self, which, by):
        row = self.handover(which)
        if row is not None:
            with suppress(Refused):
                addenda.add(self.desk, by, row.id, "钥匙已找到")
                assert row.id in self.sealed

    @invariant()
    def one_guard_is_responsible(self):
        """Nobody is, only after a lock-up or a leader's word; two never are."""
        assert len(self.all(_POSTS)) <= 1
