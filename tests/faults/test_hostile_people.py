"""Hostile names through the real form, on a real terminal, and through the import of people."""

import csv

from hostile import KNOWN
from house import BADGES, PIN
from machines import ReaderMachine

PASTED = ("[/nope]", "\x9b2J", "䶮𠮷", "\u202e敏赵", "张" * 10_000)
_PASTE = "\x1b[200~{}\x1b[201~"


def test_hostile_names_in_the_walk_in_form(site):
    with ReaderMachine(site.folder / "reader") as reader:
        site.plug(reader.address)
        with site.show() as screen:
            screen.shows("职工请刷卡", "读卡器")
            screen.hides("断开", "查找中")
            reader.tap(BADGES["2001"])
            screen.shows("密码")
            screen.type(PIN)
            screen.press("enter")
            screen.shows("值班 李建国")
            screen.press("f2")
            screen.shows("没有预约")
            for name in PASTED:
                screen.press("f5")
                screen.shows("临时来访登记")
                screen.send(_PASTE.format(name))
                screen.press("enter")
                screen.press(
                    "f5"
                )  # refused or not: the form says why, or the cursor shows what is missing
                screen.shows("临时来访登记")
                leave(screen)
            screen.signal()
            assert screen.ends() == 0
    assert site.kiosk("verify").returncode == 0
    log = site.folder / "kiosk.db.log"
    assert "Traceback" not in log.read_text(encoding="utf-8")


def leave(screen):
    """Esc asks once before it throws typed text away."""
    screen.press("escape")
    if not screen.came(lambda text: "没有预约" in text, 0.5):
        screen.press("escape")
    screen.shows("没有预约")


def test_hostile_names_in_a_file_of_people(site, tmp_path):
    file = tmp_path / "hostile.csv"
    names = [name.encode("utf-8", "replace").decode() for name in KNOWN if "\0" not in name]
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["姓名", "工号", "部门"])
        rows.writerows([name, f"{5000 + number}", name] for number, name in enumerate(names))
    entries = len(site.journal())
    done = site.kiosk("people", "import", str(file))
    assert done.returncode == 1  # the empty ones have no name: nothing is taken
    assert not set("\x1b\x9b\x07\u202e\u200b") & set(done.stderr + done.stdout)
    assert len(site.journal()) == entries
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["姓名", "工号", "部门"])
        rows.writerows(
            [
                [f"{name}三", f"{number}", "x"]
                for number, name in ((6001, "[/nope]"), (6002, "䶮𠮷"), (6003, "=1+1"))
            ]
        )
    done = site.kiosk("people", "import", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert site.kiosk("verify").returncode == 0
