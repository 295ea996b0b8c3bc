"""A whole directory written at two desks: the work grows with its length, not with its square."""

from site_books import carry, desks_of, heal, intact, tables_of

from kiosk.desk.people import EVERYONE
from kiosk.desk.verify import verify


def hires(desk, count):
    with desk.write(by="9001") as tx:
        known = next(one for one in tx.all(EVERYONE) if one.staff_no == "3001")
        for number in range(count):
            values = {**known.__dict__, "staff_no": f"8{number:05}", "stamp": ""}
            del values["id"]
            tx.put(type(known)(**values))
        tx.record("people.imported")


def gives_titles(desk, title):
    with desk.write(by="9001") as tx:
        for person in tx.all(EVERYONE):
            if person.staff_no.startswith("8"):
                person.title = title
                tx.put(person)
        tx.record("people.imported")


def statements(connection, act) -> int:
    """Return how many statements SQLite is given while ``act`` runs."""
    found: list[str] = []
    connection.set_trace_callback(found.append)
    try:
        act()
    finally:
        connection.set_trace_callback(None)
    return len(found)


def taken_in(settings, clock, built, count) -> int:
    east, north = desks_of(settings, clock, 2, built)
    hires(east, count)
    hires(north, count)
    done = statements(north._writer, lambda: carry(east, north))
    carry(north, east)
    assert tables_of(east) == tables_of(north)
    assert intact(north)
    assert len(tables_of(north)["set_aside"]) == count
    for desk in (east, north):
        desk.close()
    return done


def test_a_directory_hired_at_both_desks_gives_its_places_once(settings, desk_clock, built):
    few = taken_in(settings, desk_clock, built, 20)
    assert taken_in(settings, desk_clock, built, 60) < 4 * few


def checked(settings, clock, built, count) -> int:
    east, north = desks_of(settings, clock, 2, built)
    hires(east, count)
    heal([east, north])
    gives_titles(east, "一")
    gives_titles(north, "二")
    heal([east, north])
    assert len(tables_of(north)["fork_head"]) == 2 * count
    with north.read() as book:
        book.connection.execute("ROLLBACK")
        done = statements(book.connection, lambda: verify(book.connection, north.gate))
        book.connection.execute("BEGIN")
    assert intact(north)
    for desk in (east, north):
        desk.close()
    return done


def test_the_check_of_a_directory_in_conflict_reads_each_entry_once(settings, desk_clock, built):
    few = checked(settings, desk_clock, built, 10)
    assert checked(settings, desk_clock, built, 40) < few + 10
