"""SQLite keeps old copies in the gaps of pages it rebuilt: writing the table anew leaves none."""

import random

from visitors.models import ALL_WORDS, VisitWords

ROWS, MARK = 4000, "龘"


def name_of(at):
    return f"{MARK}{at:05}{MARK}"


def fill(desk, turn):
    """Write every row several times, as a visit's steps do, its words longer or shorter."""
    with desk.write() as tx:
        for at in range(ROWS):
            for again in (at, max(0, at - turn.randint(1, 10))):
                name = name_of(again) + "字" * turn.randint(0, 30)
                words = VisitWords(id=f"{again:036}", day=desk.today(), name=name,
                                   pinyin=name * 2, initials="")  # fmt: skip
                tx.keep(words)
        tx.record("test.filled")


def left(desk, gone):
    assert desk.empty_log()
    content = desk.settings.desk.database.read_bytes()
    return [at for at in gone if name_of(at).encode() in content]


def test_no_page_keeps_a_copy_of_what_was_deleted(desk):
    turn = random.Random(3)  # noqa: S311 - which rows these are is no secret
    fill(desk, turn)
    gone = set(turn.sample(range(ROWS), ROWS // 3))
    with desk.write() as tx:
        for words in tx.all(ALL_WORDS):
            if int(words.id) in gone:
                tx.forget(words)
        tx.record("test.deleted")
    assert left(desk, gone)  # what SQLite wipes is not all
    with desk.write() as tx:
        before = tx.all(ALL_WORDS)
        tx.rewrite(VisitWords)
        assert tx.all(ALL_WORDS) == before
        tx.record("test.written_anew")
    assert left(desk, gone) == []
    with desk.read() as book:
        assert {int(words.id) for words in book.all(ALL_WORDS)} == set(range(ROWS)) - gone
