"""The board is read page by page, in the order a guard looks at it, and finds what is typed."""

from datetime import timedelta

import pytest

from kiosk.desk.loans import Approved, Condition, ThingKind
from kiosk.desk.queries import compiled
from kiosk.desk.words import _, use
from kiosk.keys import board_pages, booking, enrolling, losing, service
from kiosk.keys.board import STATE_NAMES
from kiosk.keys.board_pages import PARTS, Show, Sought
from kiosk.keys.service import Given, Terms

LABELS = ("档案室钥匙", "12号柜钥匙", "临时门禁卡 3", "306备用", "会议室")
KINDS = (
    ThingKind.OFFICE_KEY, ThingKind.CABINET_KEY, ThingKind.DOOR_CARD, ThingKind.OFFICE_KEY,
    ThingKind.HELMET,
)  # fmt: skip


@pytest.fixture
def things(desk):
    """Five things: one out till evening, one overdue, one held for good, one lost, one blocked."""
    made = {}
    for n, (label, kind) in enumerate(zip(LABELS, KINDS, strict=True)):
        described = enrolling.Described(label=label, kind=kind, place="A柜", lock=f"L{n}")
        with desk.write(by="2001") as tx:
            made[label] = enrolling.enrol(tx, described, f"04FFFFFFFFFF0{n}")
    return made


def labels(desk, show=Show.ALL, asked="", offset=0, limit=64):
    sought = Sought(show, asked, desk.clock())
    with desk.read() as book:
        long = board_pages.lengths(book, sought)
        rows = board_pages.page(book, sought, long, offset, limit)
    return [row.thing.label for row in rows]


@pytest.fixture
def busy(desk, people, managers, things, desk_clock):
    service.lend(desk, things["12号柜钥匙"].id, people["1001"], "2001")
    desk_clock.advance(days=1)
    service.lend(desk, things["档案室钥匙"].id, people["3001"], "2001")
    word = Given(Approved.TAP, (managers["1005"],))
    for_good = Terms(permanent=True, given=word)
    service.lend(desk, things["会议室"].id, people["1001"], "2001", for_good)
    losing.report_lost(desk, things["306备用"].id, people["2001"], "2001", desk.clock())
    losing.block(desk, things["临时门禁卡 3"].id, "2001", Condition.BENT)
    return things


@pytest.mark.usefixtures("busy")
def test_the_longest_due_stand_first_then_what_is_held_for_good_then_the_rest_by_label(desk):
    everything = ["12号柜钥匙", "档案室钥匙", "会议室", "306备用", "临时门禁卡 3"]
    assert labels(desk) == everything
    assert [labels(desk, offset=n, limit=2) for n in (0, 2, 4)] == [
        everything[:2], everything[2:4], everything[4:],
    ]  # fmt: skip


@pytest.mark.usefixtures("busy")
def test_one_digit_shows_only_one_sort(desk, people, busy):
    span = (desk.clock() + timedelta(hours=3), desk.clock() + timedelta(hours=5))
    booking.reserve(desk, busy["会议室"].id, people["3001"], "2001", *span)
    assert labels(desk, Show.OUT) == ["12号柜钥匙", "档案室钥匙", "会议室"]
    assert labels(desk, Show.OVERDUE) == ["12号柜钥匙"]
    assert labels(desk, Show.AWAY) == ["306备用", "临时门禁卡 3"]
    assert labels(desk, Show.RESERVED) == ["会议室"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("danganshi", ["档案室钥匙"]),
        ("das", ["档案室钥匙"]),
        ("档案", ["档案室钥匙"]),
        ("306", ["306备用"]),
        ("L1", ["12号柜钥匙"]),
        ("lina", ["档案室钥匙"]),  # who has it
        ("张伟", ["12号柜钥匙", "会议室"]),
        ("zw", ["12号柜钥匙", "会议室"]),
        ("helmet", ["会议室"]),
        ("%", []),
        ("zz", []),
    ],
)
@pytest.mark.usefixtures("busy")
def test_what_is_typed_may_be_label_pinyin_kind_lock_or_holder(desk, asked, found):
    assert labels(desk, asked=asked) == found


@pytest.mark.usefixtures("busy", "compiled_words")
def test_a_kind_is_found_in_the_language_spoken(desk):
    use("zh_CN")
    assert labels(desk, asked="安全帽") == ["会议室"]
    assert labels(desk, asked="aqm") == ["会议室"]
    assert labels(desk, asked="menjin") == ["临时门禁卡 3"]


@pytest.mark.usefixtures("busy")
def test_a_thing_is_found_at_the_place_it_stands(desk, busy):
    sought = Sought(Show.ALL, "", desk.clock())
    with desk.read() as book:
        places = [board_pages.place(book, sought, busy[label].id) for label in labels(desk)]
        assert board_pages.place(book, Sought(Show.OUT, "", desk.clock()),
                                 busy["306备用"].id) is None  # fmt: skip
    assert places == [0, 1, 2, 3, 4]


@pytest.mark.usefixtures("busy")
def test_the_tally_counts_every_thing_once(desk):
    with desk.read() as book:
        tally = board_pages.tally(book, desk.clock())
    ledger = tally.ledger
    assert (ledger.all, ledger.on_board, ledger.out, ledger.lost, ledger.blocked) == (5, 0, 3, 1, 1)
    assert (tally.overdue, tally.reserved) == (1, 0)


def test_what_may_go_out_at_once_is_here_and_in_service(desk, people, things):
    assert labels(desk, Show.LENDABLE) == sorted(LABELS)
    service.lend(desk, things["12号柜钥匙"].id, people["1001"], "2001")
    losing.report_lost(desk, things["306备用"].id, people["2001"], "2001", desk.clock())
    losing.block(desk, things["临时门禁卡 3"].id, "2001", Condition.BENT)
    assert labels(desk, Show.LENDABLE) == ["会议室", "档案室钥匙"]
    assert labels(desk, Show.LENDABLE, "das") == ["档案室钥匙"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("钥匙", ["12号柜钥匙", "档案室钥匙"]),
        ("das", ["档案室钥匙"]),
        ("L3", ["306备用"]),
        ("zw", []),
    ],
)
@pytest.mark.usefixtures("busy")
def test_things_are_called_by_label_pinyin_or_lock_not_by_who_has_them(desk, asked, found):
    with desk.read() as book:
        called = board_pages.things_called(book, Sought(Show.ALL, asked, desk.clock()), 5)
        assert [one.label for one in called] == found
        first = board_pages.things_called(book, Sought(Show.ALL, "", desk.clock()), 2)
        assert [one.label for one in first] == sorted(LABELS)[:2]


def test_no_part_of_the_board_reads_past_loans(desk):
    """A million past loans cost nothing: every part runs along an index of the open ones."""
    bound = {"asked": "", "spelt": "", "kinds": "", "now": "2026", "skip": 0, "most": 64}
    with desk.read() as book:
        for part in {part for parts in PARTS.values() for part in parts}:
            for query in (part.count, part.page, part.ids):
                made = compiled(query)
                plan = book.connection.execute(
                    f"EXPLAIN QUERY PLAN {made.sql}", {**made.constants, **bound}
                )
                steps = [row[3] for row in plan]
                assert not [step for step in steps if step.startswith("SCAN loan")], steps


@pytest.mark.usefixtures("words_zh")
def test_a_state_is_said_as_the_gatehouse_says_it():
    """A lost key is no lost reader, and a blocked one no blocked badge: each has its own word."""
    assert [_(name) for name in STATE_NAMES.values()] == ["在架", "停用", "已挂失", "不再外借"]
    assert _("Lock no.") == "锁号"
