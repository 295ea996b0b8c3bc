"""Three desks and a real hub: any work, cut, crash and return, and at the end one truth.

Every act goes through the use cases of the gate. A record is acknowledged once its use case has
returned; it is missing only where a disk was lost before the hub had it, which is not a crash. What
an old copy wrote beside the true chain is written once more at its end: the same record in another
entry, so a record is known by what it says.
"""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing, suppress

import hypothesis
from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)
from site_books import desks_of, intact, tables_of

from kiosk import features  # noqa: F401 - every table of the kiosk is merged
from kiosk.attendance import service as attendance
from kiosk.desk import journal, posts
from kiosk.desk.desk import Desk
from kiosk.desk.journal import Entry
from kiosk.desk.people import EVERYONE, BlockReason, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.hub.own_chain import OwnChain, compare, take_back
from kiosk.hub.rejoining import rejoin
from visitors import appointments, departures, reception
from visitors.models import Answer, How
from visitors.rules import Details

GUARD, HOST, STAFF = "2001", "1001", "3001"
WANG = Details(name="王小明", matter="水表检修", people=2)
WHERE = st.integers(0, 2)
BADGES = st.sampled_from(["04A1B2C3D4E501", "04A1B2C3D4E502"])
RUNS = [hypothesis.Phase.explicit, hypothesis.Phase.reuse, hypothesis.Phase.generate]
"""Each run starts three books and a hub: to shrink one that failed takes many minutes."""
GATES = ("gate-1", "gate-2", "gate-3")


def records(entries: Iterable[Entry]) -> Counter[tuple[str, ...]]:
    """Return how often each thing is said, wherever in its chain it stands."""
    said: Counter[tuple[str, ...]] = Counter()
    for one in entries:
        facts = {k: v for k, v in json.loads(one.facts).items() if k != "written_as"}
        said[one.gate, one.at, one.by, one.code, journal.canonical(facts)] += 1
    return said


def machine_of(folder, built, clock, plain, new_hub: Callable):  # noqa: C901 - one short rule after the other
    """Return a machine whose runs each start from three books and an empty hub."""

    class Site(RuleBasedStateMachine):
        visits = Bundle("visits")

        def __init__(self):
            super().__init__()
            shutil.rmtree(folder / "site", ignore_errors=True)
            (folder / "site").mkdir()
            self.hub = new_hub()
            self.desks = desks_of(plain, clock, 3, built)
            with self.desks[0].write(by=GUARD) as tx:
                posts.take(tx, "gate-1", person_by_staff_no(tx, GUARD))
            self.wires = [self.hub.wire(gate) for gate in GATES]
            self.acknowledged: list[dict[str, Entry]] = [{}, {}, {}]
            """By desk, by hash: what it has acknowledged and has not lost with a disk."""
            self.image: int | None = None

        def teardown(self):
            for _round in range(2):
                for at in range(3):
                    self.meets(at)
            first, *others = map(tables_of, self.desks)
            for other in others:
                assert other == first
            for desk in self.desks:
                assert intact(desk)
                here = {
                    (gate, entry.seq): entry
                    for gate in GATES for entry in self.chain(desk, gate)
                }  # fmt: skip
                for acknowledged in self.acknowledged:
                    assert not records(acknowledged.values()) - records(here.values())
            at_hub = {
                (gate, seq): digest
                for gate, seq, digest in self.hub.see("SELECT gate, seq, hash FROM kiosk.entry")
            }
            assert at_hub == {key: entry.hash for key, entry in here.items()}
            for desk in self.desks:
                desk.close()
            self.hub.close()

        def chain(self, desk, gate):
            with desk.read() as book:
                return list(journal.entries(book.connection, gate))

        def note(self, at):
            """Keep what this desk has acknowledged by now."""
            desk = self.desks[at]
            self.acknowledged[at] |= {entry.hash: entry for entry in self.chain(desk, desk.gate)}

        def tried(self, at, use_case, *args, **kwargs):
            """Return what the use case returns, None when it refuses; acknowledge what it wrote."""
            with suppress(Refused):
                return use_case(self.desks[at], *args, **kwargs)
            return None

        # What people do.

        @rule(at=WHERE, who=st.sampled_from([HOST, STAFF]))
        def taps(self, at, who):
            with self.desks[at].read() as book:
                person = next(one for one in book.all(EVERYONE) if one.staff_no == who)
            self.tried(at, attendance.tap, person, "door")
            self.note(at)

        @rule(at=WHERE, uid=BADGES, lost=st.booleans())
        def blocks_or_frees_a_badge(self, at, uid, lost):
            if lost:
                self.tried(at, attendance.block_badge, GUARD, uid, BlockReason.LOST)
            else:
                with self.desks[at].read() as book:
                    clerk = person_by_staff_no(book, "9001")
                self.tried(at, attendance.unblock_badge, clerk, uid, "找到了")
            self.note(at)

        @rule(target=visits, at=WHERE)
        def is_expected(self, at):
            visit = self.tried(at, appointments.expect, GUARD, WANG, HOST, confirmed=How.PHONE)
            self.note(at)
            return visit or multiple()

        @rule(at=WHERE, visit=visits)
        def comes_in(self, at, visit):
            with suppress(LookupError):  # this desk has not heard of him yet
                self.tried(at, reception.admit, GUARD, visit, "")
            self.note(at)

        @rule(at=WHERE, visit=visits, said=st.sampled_from(Answer))
        def host_says(self, at, visit, said):
            with suppress(LookupError):
                self.tried(
                    at, reception.answer, GUARD, visit, said, How.PHONE, read_back=True
                )  # fmt: skip
            self.note(at)

        @rule(at=WHERE, visit=visits)
        def leaves(self, at, visit):
            with suppress(LookupError):
                self.tried(at, departures.leave, GUARD, visit, signed=True)
            self.note(at)

        # What happens to the cable, the machines and the clock.

        @rule(at=WHERE)
        def meets(self, at):
            """The cable holds for a while: all own work goes out, all the others' comes in."""
            desk, wire = self.desks[at], self.wires[at]
            if compare(desk, wire) is not OwnChain.SAME:
                desk.close()
                rejoin(desk.settings, clock, wire)
                self.desks[at] = desk = Desk.open(desk.settings, clock)
                self.finds_all_acknowledged(at)
            self.sends(at, 10_000)
            take_back(desk, wire, 7)

        def finds_all_acknowledged(self, at):
            """After the return each record is there, from now on in the entry it has now."""
            desk, kept = self.desks[at], self.acknowledged[at]
            here = {entry.hash: entry for entry in self.chain(desk, desk.gate)}
            assert not records(kept.values()) - records(here.values())
            self.acknowledged[at] = here

        @rule(at=WHERE, most=st.integers(1, 5))
        def sends(self, at, most):
            """Only a few entries get out before the cable is cut again."""
            desk, wire = self.desks[at], self.wires[at]
            if compare(desk, wire) is not OwnChain.SAME:
                return
            there = wire.heads().get(desk.gate, journal.Head(0, ""))
            with desk.read() as book:
                found = list(journal.entries(book.connection, desk.gate, there.seq))[:most]
                keys = dict(book.connection.execute("SELECT id, wrapped FROM subject_key"))
            for start in range(0, len(found), 100):
                wire.append(found[start : start + 100], keys)

        @rule(at=WHERE)
        def crashes(self, at):
            """``kill -9``: the files as they are at this moment are all that is left."""
            desk = self.desks[at]
            database = desk.settings.desk.database
            left = {
                file: file.read_bytes() for file in database.parent.glob(f"{database.name}*")
                if not file.name.endswith((".lock", "-shm"))
            }  # fmt: skip
            desk.close()
            for file in database.parent.glob(f"{database.name}-*"):
                file.unlink()
            for file, content in left.items():
                file.write_bytes(content)
            self.desks[at] = Desk.open(desk.settings, clock)

        @precondition(lambda self: self.image is None)
        @rule(at=WHERE)
        def disk_is_copied(self, at):
            desk = self.desks[at]
            self.sends(at, 10_000)
            assert desk.empty_log()
            shutil.copy(desk.settings.desk.database, folder / "image.db")
            self.image = at

        @precondition(lambda self: self.image is not None)
        @rule()
        def old_disk_comes_back(self):
            """What the hub never had of this desk is lost with its disk, and only that."""
            at, self.image = self.image, None
            desk = self.desks[at]
            at_hub = {digest for (digest,) in self.hub.see("SELECT hash FROM kiosk.entry")}
            self.acknowledged[at] = {
                digest: entry for digest, entry in self.acknowledged[at].items() if digest in at_hub
            }
            desk.close()
            database = desk.settings.desk.database
            for file in database.parent.glob(f"{database.name}*"):
                file.unlink()
            shutil.copy(folder / "image.db", database)
            self.desks[at] = Desk.open(desk.settings, clock)
            self.note(at)

        @rule(minutes=st.sampled_from([1, 7, 240, -50]))
        def time_passes(self, minutes):
            clock.advance(minutes=minutes)

        @invariant()
        def every_book_is_intact(self):
            for desk in self.desks:
                assert intact(desk)

    return Site


def test_three_desks_end_with_one_truth(tmp_path, built, desk_clock, settings_in, hub_maker):
    plain = settings_in(tmp_path / "site")
    run_state_machine_as_test(
        machine_of(tmp_path, built, desk_clock, plain, hub_maker),
        settings=hypothesis.settings(
            max_examples=15, stateful_step_count=40, deadline=None,
            suppress_health_check=list(HealthCheck), phases=RUNS,
        ),
    )  # fmt: skip


def test_the_hub_and_the_desks_agree_after_a_day_of_cuts(
    tmp_path, built, desk_clock, settings_in, hub_maker
):
    """The same by hand, once: badge lost at one gate, visitor in by one and out by the other."""
    (tmp_path / "site").mkdir()
    desks = desks_of(settings_in(tmp_path / "site"), desk_clock, 3, built)
    hub = hub_maker()
    visit = appointments.expect(desks[0], GUARD, WANG, HOST, confirmed=How.PHONE)
    wires = [hub.wire(gate) for gate in GATES]
    for desk, wire in zip(desks, wires, strict=True):
        with desk.read() as book:
            wire.append(list(journal.entries(book.connection, desk.gate)), dict(
                book.connection.execute("SELECT id, wrapped FROM subject_key")
            ))  # fmt: skip
    for desk, wire in zip(desks, wires, strict=True):
        take_back(desk, wire, 500)
    reception.admit(desks[1], GUARD, visit, "")
    attendance.block_badge(desks[2], GUARD, "04A1B2C3D4E501", BlockReason.LOST)
    for _round in range(2):
        for desk, wire in zip(desks, wires, strict=True):
            there = wire.heads().get(desk.gate, journal.Head(0, ""))
            with desk.read() as book:
                wire.append(list(journal.entries(book.connection, desk.gate, there.seq)))
            take_back(desk, wire, 500)
    departures.leave(desks[0], GUARD, visit, signed=True)
    assert len({str(tables_of(desk)["badge"]) for desk in desks}) == 1
    for desk in desks:
        assert intact(desk)
        with closing(desk):
            pass
    hub.close()
