"""Who comes on the day with sixty visitors, and what the guard does for each of them."""

import itertools
from zoneinfo import ZoneInfo

from house import PIN, Site

from kiosk.desk import settings
from kiosk.desk.clock import system_clock
from kiosk.desk.desk import Desk
from visitors import slip_code
from visitors.models import BY_NUMBER

LISTED, SOUNDS_ALIKE = "余静", "于晶"
GROUP, GROUP_OF = "陈国华", 12
_HEADER = "编号,被访人工号,来访人,称呼,单位,人数,事由,携带,日期,从,至\n"
_SURNAMES, _GIVEN = "钱孙周吴郑冯蒋沈韩秦", ("明", "建平", "秀英")


def expected_names(count: int) -> list[str]:
    """Return whom the file announces: the leader of the group first."""
    pairs = itertools.product(_GIVEN, _SURNAMES)
    return [GROUP, *(f"{last}{first}" for first, last in itertools.islice(pairs, count - 1))]


def walk_in_names(count: int) -> list[str]:
    """Return who just comes."""
    pairs = itertools.product(("芳", "国庆", "小龙"), "何吕施孔曹严华金魏陶")
    return [f"{last}{first}" for first, last in itertools.islice(pairs, count)]


def announce(site: Site, count: int) -> None:
    """Take the day's appointments from a file, as the office sends it."""
    zone = settings.load(site.config, {}).site.timezone
    today = system_clock().astimezone(ZoneInfo(zone)).date()
    file = site.folder / "expected.csv"
    rows = (
        f"{number},{1001 + number % 3},{name},先生,东川水务,{GROUP_OF if number == 0 else 1},"
        f"水表检修,工具箱1个,{today},9:30,16:30\n"
        for number, name in enumerate(expected_names(count))
    )
    file.write_text(_HEADER + "".join(rows), encoding="gb18030")
    taken = site.kiosk("appointments", "import", str(file))
    assert taken.returncode == 0, taken.stdout + taken.stderr


def list_somebody(site: Site) -> None:
    """Put one name on the watch list: call first."""
    file = site.folder / "list.csv"
    file.write_text(
        f"姓名,处置,通知,话术,原因\n{LISTED},先打电话,9001,,曾大闹前台\n", encoding="gb18030"
    )
    taken = site.kiosk("watchlist", "import", str(file), "--signed-by", "9001", typed=f"{PIN}\n")
    assert taken.returncode == 0, taken.stdout + taken.stderr


def code_on_slip(site: Site, number: int, copy: int = 1) -> str:
    """Return the code that is printed on today's slip of this number."""
    desk = Desk.open_to_read(settings.load(site.config, {}))
    try:
        with desk.read() as book:
            found = book.one(BY_NUMBER, gate=desk.gate, day=desk.today(), number=number)
            assert found is not None, f"no visit {number}"
            return slip_code.made(desk, found[0], copy)
    finally:
        desk.close()
