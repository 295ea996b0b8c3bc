"""What a technician may write into ``kiosk.toml``, and what he is told when it does not fit."""

import json
from contextlib import suppress
from dataclasses import fields
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk import settings, words
from kiosk.desk.clauses import SOURCES, Rules, rule_fields
from kiosk.desk.refusal import Refused
from kiosk.desk.settings import load

LEAST = '[site]\ngate = "gate-1"\nname = "双河镇人民政府"\n'


@pytest.fixture
def write(tmp_path):
    def write_(more="", least=LEAST):
        path = tmp_path / "kiosk.toml"
        path.write_text(least + more, "utf-8")
        return path

    return write_


def refused(path, env=None):
    with pytest.raises(Refused) as refusal:
        load(path, env or {})
    return refusal.value


def test_the_least_file_gives_every_usual_value(write, tmp_path):
    path = write()
    found = load(path, {})
    assert found.site.name == "双河镇人民政府"
    assert found.site.language == "zh_CN"
    assert found.site.timezone == "Asia/Shanghai"
    assert found.desk.database == tmp_path / "kiosk.db"
    assert found.desk.site_key == tmp_path / "site.key"
    assert found.hours.start == time(8, 30)
    assert found.rules == Rules()
    assert found.readers == found.printers == found.scanners == found.id_readers == ()
    assert found.file == path


def test_the_companion_is_asked_before_the_superior_is_told(write):
    found = refused(write("[rules]\naway_companion_min = 9\n"))
    assert (found.code, found.facts["key"]) == (
        "settings.asked_too_late", "rules.away_companion_min",
    )  # fmt: skip
    asked = load(write("[rules]\naway_companion_min = 9\naway_superior_min = 9\n"), {}).rules
    assert (asked.away_companion_min, asked.away_superior_min) == (9, 9)


def test_everything_that_is_written_is_read(write):
    found = load(
        write(
            'gate_name = "南门"\nlanguage = "en"\nhouse_rules = ["请佩戴来客联"]\n'
            '[desk]\ndatabase = "/var/lib/kiosk/book.db"\nidle_lock_s = 60\nsounds = false\n'
            '[hours]\nstart = 09:00:00\nend = "18:00"\ngrace_minutes = 5\n'
            '[calendar]\nextra_workdays = [2027-02-06]\nextra_holidays = ["2027-03-01"]\n'
            '[[readers]]\nname = "门口"\naddress = "nfc+pn532:/dev/ttyS1"\n'
            '[[readers]]\nname = "值班台"\naddress = "nfc+usb:072f:2200"\nrole = "desk"\n'
            '[[printers]]\nname = "会客单"\naddress = "escpos+tcp:[::1]:9100"\nwidth_dots = 384\n'
            'process_id = "auto"\n'
            '[[scanners]]\nname = "扫码枪"\naddress = "scanner+serial:/dev/ttyS2"\n'
            '[[id_readers]]\nname = "身份证"\naddress = "idcard+serial:/dev/ttyS3"\nbaud = 9600\n'
            '[wedge]\nenabled = true\ncard_format = "6h8d"\n'
            "[rules]\npin_tries = 3\nloan_due_hour = -1\n"
        ),
        {},
    )
    assert found.site.house_rules == ("请佩戴来客联",)
    assert found.desk.database == Path("/var/lib/kiosk/book.db")
    assert (found.desk.idle_lock_s, found.desk.sounds) == (60, False)
    assert (found.hours.start, found.hours.end) == (time(9), time(18))
    assert found.calendar.extra_workdays == {date(2027, 2, 6)}
    assert found.calendar.extra_holidays == {date(2027, 3, 1)}
    assert [(one.name, one.role) for one in found.readers] == [("门口", "door"), ("值班台", "desk")]
    assert (found.printers[0].width_dots, found.printers[0].process_id) == (384, None)
    assert found.scanners[0].baud == 9600
    assert (found.id_readers[0].name, found.id_readers[0].baud) == ("身份证", 9600)
    assert found.wedge.card_format == "6h8d"
    assert found.rules.pin_tries == 3


def test_a_second_printer_stands_in_and_an_old_one_writes_text(write):
    found = load(
        write(
            '[[printers]]\nname = "a"\naddress = "escpos+usb:04b8:0e15"\n'
            '[[printers]]\nname = "b"\naddress = "escpos+serial:/dev/x"\n'
            'mode = "text"\ncodes = "qr"\nfallback = true\n'
            "[slip]\narea = false\n"
        ),
        {"KIOSK_SLIP__BARS": "off"},
    )
    assert [(one.mode, one.codes, one.fallback) for one in found.printers] == [
        ("raster", "code128", False),
        ("text", "qr", True),
    ]
    assert (found.slip.area, found.slip.bars, found.slip.unit) == (False, False, True)


@pytest.mark.parametrize(
    ("more", "code", "key"),
    [
        ("gatename = 1", "settings.misspelt_key", "site.gatename"),
        ("zzz = 1", "settings.unknown_key", "site.zzz"),
        ("[reader]\n", "settings.misspelt_key", "reader"),
        ("[qqq]\n", "settings.unknown_key", "qqq"),
        ('language = "fr"', "settings.not_one_of", "site.language"),
        ("language = 1", "settings.not_one_of", "site.language"),
        ('language = ["en"]', "settings.not_one_of", "site.language"),
        ('timezone = "Mars/Base"', "settings.not_a_timezone", "site.timezone"),
        ('timezone = "../etc/passwd"', "settings.not_a_timezone", "site.timezone"),
        ('timezone = ""', "settings.not_a_timezone", "site.timezone"),
        ('timezone = "Asia"', "settings.not_a_timezone", "site.timezone"),
        ("hotline = 2046204", "settings.text_too_long", "site.hotline"),
        ('hotline = "' + "0" * 41 + '"', "settings.text_too_long", "site.hotline"),
        ("house_rules = 1", "settings.not_a_list", "site.house_rules"),
        ("house_rules = [1]", "settings.not_text", "site.house_rules"),
        ("house_rules = [" + '"a",' * 13 + "]", "settings.too_many", "site.house_rules"),
        (
            '[[shifts]]\nname = "白班"\n[[shifts]]\nname = "夜班"',
            "settings.same_start",
            "shifts.2.start",
        ),
        ("[desk]\nsounds = 1", "settings.not_yes_no", "desk.sounds"),
        ("[desk]\nidle_lock_s = 14", "settings.not_a_number", "desk.idle_lock_s"),
        ("[desk]\nidle_lock_s = true", "settings.not_a_number", "desk.idle_lock_s"),
        ("[desk]\nidle_lock_s = 60.0", "settings.not_a_number", "desk.idle_lock_s"),
        ('[desk]\ndatabase = ""', "settings.not_a_path", "desk.database"),
        ('[desk]\ndatabase = "a\\u0000b"', "settings.not_a_path", "desk.database"),
        ("[hours]\nstart = 8", "settings.not_a_time", "hours.start"),
        ('[hours]\nstart = "25:00"', "settings.not_a_time", "hours.start"),
        ('[hours]\nstart = "18:00"', "settings.end_before_start", "hours.end"),
        ("[calendar]\nextra_workdays = [1]", "settings.not_a_day", "calendar.extra_workdays"),
        (
            '[calendar]\nextra_workdays = ["2026-02-30"]',
            "settings.not_a_day",
            "calendar.extra_workdays",
        ),
        (
            "[calendar]\nextra_workdays = [2026-10-10T08:00:00]",
            "settings.not_a_day",
            "calendar.extra_workdays",
        ),
        ("[rules]\npin_tries = 0", "settings.not_a_number", "rules.pin_tries"),
        ("[rules]\npin_trys = 4", "settings.misspelt_key", "rules.pin_trys"),
        ('[[readers]]\nname = "a"', "settings.missing_key", "readers.1.address"),
        (
            '[[readers]]\nname = "a"\naddress = "COM3"',
            "settings.not_an_address",
            "readers.1.address",
        ),
        (
            '[[readers]]\nname = "a"\naddress = "nfc:"',
            "settings.not_an_address",
            "readers.1.address",
        ),
        (
            '[[readers]]\nname = "a"\naddress = "nfc+pn532:/dev/a\\u001b[2J"',
            "settings.not_an_address",
            "readers.1.address",
        ),
        (
            '[[readers]]\nname = "a"\naddress = "nfc+pn532:/dev/x"\nrole = "gate"',
            "settings.not_one_of",
            "readers.1.role",
        ),
        (
            '[[scanners]]\nname = "a"\naddress = "scanner+serial:/dev/x"\n' * 2,
            "settings.name_twice",
            "scanners.2.name",
        ),
        (
            (
                '[[readers]]\nname = "a"\naddress = "nfc+pn532:/dev/x"\n'
                '[[printers]]\nname = "a"\naddress = "escpos+usb:04b8:0e15"\n'
            ),
            "settings.name_twice",
            "printers.1.name",
        ),
        (
            (
                '[[printers]]\nname = "a"\naddress = "escpos+usb:04b8:0e15"\n'
                '[[scanners]]\nname = " a "\naddress = "scanner+serial:/dev/x"\n'
            ),
            "settings.name_twice",
            "scanners.1.name",
        ),
        (
            (
                '[[printers]]\nname = "a"\naddress = "escpos+usb:04b8:0e15"\n'
                '[[printers]]\nname = "b"\naddress = "escpos+usb:04b8:0e16"\n'
            ),
            "settings.one_printer",
            "printers",
        ),
        (
            '[[printers]]\nname = "a"\naddress = "escpos+usb:04b8:0e15"\nfallback = true\n',
            "settings.one_printer",
            "printers",
        ),
        (
            '[[printers]]\nname = "a"\naddress = "escpos+usb:04b8:0e15"\nmode = "braille"\n',
            "settings.not_one_of",
            "printers.1.mode",
        ),
        ("[slip]\nlogo = true\n", "settings.unknown_key", "slip.logo"),
        ("[slip]\nunits = true\n", "settings.misspelt_key", "slip.units"),
        ('[slip]\nbars = "maybe"\n', "settings.not_yes_no", "slip.bars"),
        (
            '[[id_readers]]\nname = "a"\naddress = "idcard+serial:/dev/x"\nbaud = 12\n',
            "settings.not_a_number",
            "id_readers.1.baud",
        ),
        ("[[id_readers]]\nname = 'a'\n", "settings.missing_key", "id_readers.1.address"),
        ("[readers]\n", "settings.not_a_section", "readers"),
        ("[[desk]]\n", "settings.not_a_section", "desk"),
    ],
)
def test_what_does_not_fit_is_refused_by_file_and_key(write, more, code, key):
    path = write(more)
    found = refused(path)
    assert (found.code, found.facts["key"]) == (code, key)
    assert found.facts["file"] == str(path)
    shown = words.sentence(found.code, found.facts)
    assert key in shown
    assert str(path) in shown
    assert "?" not in shown.replace("Did you mean", "").replace(f"{found.facts.get('near')}?", "")


@pytest.mark.parametrize(
    ("section", "example"),
    [
        ("readers", "nfc+"),
        ("printers", "escpos+"),
        ("scanners", "scanner+"),
        ("id_readers", "idcard+"),
    ],
)
def test_no_address_at_all_is_told_one_of_its_own_list(write, section, example):
    found = refused(write(f'[[{section}]]\nname = "a"\naddress = "COM3"\n'))
    assert found.facts["key"] == f"{section}.1.address"
    assert found.facts["allowed"].startswith(example)


@pytest.mark.parametrize(
    ("written", "read"),
    [('"auto"', None), ("true", True), ("false", False), ('"status"', "status")],
)
def test_what_a_printer_answers_is_one_of_four(write, written, read):
    head = '[[printers]]\nname = "a"\naddress = "escpos+usb:04b8:0e15"\nprocess_id = '
    assert load(write(head + written), {}).printers[0].process_id == read
    found = refused(write(head + '"none"'))
    assert (found.code, found.facts["key"]) == ("settings.not_one_of", "printers.1.process_id")
    assert "status" in found.facts["allowed"]


def test_a_misspelt_key_is_told_the_nearest_one(write):
    found = refused(write("gatename = 1"))
    assert found.facts["near"] == "gate_name"
    assert "Did you mean gate_name?" in words.sentence(found.code, found.facts)
    assert set(found.facts["allowed"]) == {one.name for one in fields(settings.Site)}


@pytest.mark.parametrize(
    ("least", "key"),
    [
        ("", "site.gate"),
        ('[site]\nname = "a"\n', "site.gate"),
        ('[site]\ngate = "a"\n', "site.name"),
    ],
)
def test_what_cannot_be_guessed_must_be_there(write, least, key):
    found = refused(write(least=least))
    assert (found.code, found.facts["key"]) == ("settings.missing_key", key)


@pytest.mark.parametrize("gate", ["", "Gate 1", "gate/1", "1", "南门", "a" * 21, "gate\\n"])
def test_a_gates_name_must_be_fit_for_every_entry(write, gate):
    assert refused(write(least=f'[site]\ngate = "{gate}"\nname = "a"\n')).code == (
        "settings.not_a_gate"
    )


@pytest.mark.parametrize("content", [b"[site", b"\xff\xfe", b'site = {gate = "a"', b"a = 1\na = 2"])
def test_a_file_that_is_no_toml_is_refused(tmp_path, content):
    (tmp_path / "kiosk.toml").write_bytes(content)
    assert refused(tmp_path / "kiosk.toml").code in {"settings.not_toml", "settings.not_utf8"}


def test_a_file_from_windows_is_read(tmp_path):
    path = tmp_path / "kiosk.toml"
    path.write_bytes(b"\xef\xbb\xbf" + LEAST.replace("\n", "\r\n").encode())
    assert load(path, {}).site.gate == "gate-1"


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert refused(tmp_path / "no.toml").code == "settings.missing"
    assert refused(tmp_path).code == "settings.unreadable"


def test_text_that_could_act_is_cleaned(write):
    found = load(write(least='[site]\ngate = "g"\nname = "A\\u001b[2J\\u202eB"\n'), {})
    assert "\x1b" not in found.site.name
    assert "\u202e" not in found.site.name


def test_the_environment_stands_over_the_file(write):
    env = {
        "KIOSK_SITE__LANGUAGE": "en",
        "KIOSK_DESK__SOUNDS": "no",
        "KIOSK_DESK__IDLE_LOCK_S": "45",
        "KIOSK_HOURS__START": "7:00",
        "KIOSK_SITE__HOUSE_RULES": "一|二",
        "KIOSK_CALENDAR__EXTRA_HOLIDAYS": "2027-03-01, 2027-03-02",
        "KIOSK_RULES__PIN_TRIES": "7",
        "KIOSK_CONFIG": "elsewhere.toml",
        "HOME": "/root",
    }
    found = load(write('language = "zh_CN"\n[desk]\nsounds = true\n'), env)
    assert (found.site.language, found.desk.sounds, found.desk.idle_lock_s) == ("en", False, 45)
    assert found.hours.start == time(7)
    assert found.site.house_rules == ("一", "二")
    assert found.calendar.extra_holidays == {date(2027, 3, 1), date(2027, 3, 2)}
    assert found.rules.pin_tries == 7


def test_a_wrong_variable_is_named_instead_of_the_file(write):
    found = refused(write(), {"KIOSK_DESK__IDLE_LOCK_S": "soon"})
    assert found.facts["file"] == "KIOSK_DESK__IDLE_LOCK_S"
    found = refused(write(), {"KIOSK_DESK__IDLE_LOCK": "60"})
    assert (found.code, found.facts["near"]) == ("settings.misspelt_key", "idle_lock_s")
    assert found.facts["file"] == "KIOSK_DESK__IDLE_LOCK"
    assert refused(write(), {"KIOSK_DESKS__SOUNDS": "1"}).code == "settings.misspelt_key"


def test_the_file_is_the_one_named_else_the_variables_else_the_folders(
    write, tmp_path, monkeypatch
):
    path = write()
    assert load(None, {"KIOSK_CONFIG": str(path)}).file == path
    monkeypatch.chdir(tmp_path)
    found = load(None, {})
    assert found.desk.database == tmp_path / "kiosk.db"


def test_every_number_of_the_regulations_has_its_clause_and_fits_its_own_limits():
    for name, rule in rule_fields().items():
        meta = rule.metadata
        assert meta["clause"] in SOURCES, name
        assert meta["least"] <= rule.default <= meta["most"], name


def test_every_number_a_site_may_change_is_read_somewhere():
    root = Path(settings.__file__).parents[2]
    code = [
        path.read_text("utf-8")
        for folder in ("kiosk", "visitors", "shift_handover")
        for path in (root / folder).rglob("*.py")
        if path.name != "clauses.py"
    ]
    unread = [name for name in rule_fields() if not any(f".{name}" in text for text in code)]
    assert unread == []


@given(
    st.dictionaries(st.sampled_from(["gate", "name", "language", "timezone", "hotline"]), st.text())
)
def test_no_text_crashes_the_settings(tmp_path_factory, values):
    path = tmp_path_factory.getbasetemp() / "wild.toml"
    quoted = [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    path.write_text("[site]\n" + "\n".join(quoted), "utf-8")
    with suppress(Refused):  # anything else is a crash
        assert load(path, {}).site.gate == values["gate"]
