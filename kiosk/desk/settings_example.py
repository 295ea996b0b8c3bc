"""The commented ``kiosk.toml`` of ``kiosk init``: every setting, in Chinese and English."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from kiosk.desk.clauses import SOURCES, rule_fields
from kiosk.desk.refusal import Refused
from kiosk.desk.settings_attendance import ATTENDANCE_EXAMPLE
from kiosk.desk.settings_contacts import LISTED as CONTACTS_LISTED
from kiosk.desk.settings_hours import HOURS_EXAMPLE
from kiosk.desk.settings_hours import LISTED as HOURS_LISTED
from kiosk.desk.settings_hub import HUB_EXAMPLE
from kiosk.desk.settings_lanes import EXAMPLE as LANES_EXAMPLE
from kiosk.desk.settings_lanes import WINDOWS_LISTED
from kiosk.desk.settings_last_out import LAST_OUT_EXAMPLE
from kiosk.desk.settings_leave import LISTED as LADDER_LISTED
from kiosk.desk.settings_shifts import LISTED as SHIFTS_LISTED
from kiosk.desk.settings_weather import LISTED as WEATHER_LISTED

_HEAD = """\
# 值班台设置。改后重新启动程序生效；以 # 开头的行是说明或默认值。
# Settings of one desk, read at its start; lines that begin with # are notes or usual values.
# 除设备、窗口和来访类别外，每一项也可用环境变量设置，例如 KIOSK_DESK__IDLE_LOCK_S=60。
# All but devices, windows and kinds of visit may be set in the environment too, in the same way.
"""

# Section, key, value as TOML, 中文, English: after "=" always written, after "#" the usual one.
_SECTIONS: tuple[tuple[str, tuple[tuple[str, str, str, str], ...]], ...] = (
    (
        "site",
        (
            (
                "gate", '="gate-1"',
                "门岗代号，写入每一条记录，启用后不可更改：小写字母、数字、连字符",
                "Short name of this gate, in every entry, never changed later: a-z, 0-9, hyphen",
            ),
            ("name", '="本单位"', "单位名称，印在会客单上", "Name of the house, printed on slips"),
            ("gate_name", '#""', "门岗名称，如 南门传达室", "Name of this gate as people say it"),
            ("timezone", '#"Asia/Shanghai"', "时区", "Time zone"),
            ("language", '#"zh_CN"', "启动时的语言：zh_CN 或 en", "Language at start: zh_CN or en"),
            ("hotline", '#""', "对外公布的电话", "Telephone number for the public"),
            (
                "emergency_phone", '#""',
                "紧急电话，印在来客联上",
                "Emergency number, printed on the visitor's part",
            ),
            (
                "house_rules", "#[]",
                "来客须知，每条一行，最多 12 条",
                "Rules for visitors, at most 12 lines",
            ),
            (
                "privacy_notice", '#""',
                "会客单上关于个人信息的说明，空则用通用说明；改动后再来的人会被提示",
                "What the slip says about the visitor's data; empty: the usual words",
            ),
            (
                "helmet_areas", "#[]",
                "须戴安全帽的区域，如 [\"施工区\"]",
                "Areas that nobody enters without a helmet",
            ),
            (
                "rooms", "#[]", "同一时间只接待一批人的房间，如 [\"一号会议室\"]",
                "Rooms that hold one party at a time: told before an appointment is saved",
            ),
            (
                "notice_lines", "#[]",
                "一次告知单上常缺的材料，每条一行，最多 12 条，如 身份证原件",
                "What is often missing, for the one-time notice, at most 12 lines",
            ),
        ),
    ),
    (
        "desk",
        (
            (
                "database", '#"kiosk.db"',
                "数据文件；相对路径从本文件所在文件夹算起",
                "The book; relative paths begin at the folder of this file",
            ),
            (
                "site_key", '#"site.key"',
                "单位密钥文件，权限 0600；请另存一份在别处，丢失后个人信息无法恢复",
                "The site key, mode 0600. Keep a copy elsewhere: without it personal data is lost",
            ),
            (
                "idle_lock_s", "#120",
                "无人操作多少秒后锁屏（15 至 3600）",
                "Idle seconds until the lock (15 to 3600)",
            ),
            ("sounds", "#true", "提示音：true 或 false", "Sounds: true or false"),
        ),
    ),
    HOURS_EXAMPLE,
    (
        "calendar",
        (
            ("extra_workdays", "#[]", "单位另定的上班日，如 [2027-02-06]", "The site's workdays"),
            ("extra_holidays", "#[]", "单位另定的放假日", "The site's own days off"),
        ),
    ),
    (
        "slip",
        (
            ("unit", "#true", "会客单上是否打印来访单位", "Is the visitor's unit on the slip"),
            ("room", "#true", "是否打印被访人房间", "The host's room"),
            ("area", "#true", "是否打印准入区域", "The area the visitor may enter"),
            ("goods", "#true", "是否打印携带物品", "What the visitor carries"),
            (
                "id_number", "#true",
                "是否打印证件号（中间各位隐去；电话一律不打印）",
                "The identity number, masked; a telephone number never is",
            ),
            (
                "bars", "#true",
                "二维码下是否加印条形码，供只认条码的扫码枪",
                "Bars under the QR code, for scanners that read no QR code",
            ),
            ("rules", "#true", "是否打印来客须知", "The rules for visitors"),
        ),
    ),
    (
        "notify",
        (
            (
                "url", '#""',
                "通知地址（apprise 写法），供名册中没有通知地址的人用；内含密钥，请保密",
                "Address for notices, as apprise writes it, where the staff file has none; secret",
            ),
        ),
    ),
    LAST_OUT_EXAMPLE,
    HUB_EXAMPLE,
    ATTENDANCE_EXAMPLE,
    (
        "wedge",
        (
            (
                "enabled", "#false",
                "是否有像键盘一样输入的读卡器或扫码枪",
                "Are there readers that type like a keyboard",
            ),
            (
                "card_format", '#"8h10d"',
                "其卡号格式：8h10d 8h10d-reversed 6h8d 2h4h 4h4h hex hex-reversed",
                "How they write a card's number",
            ),
            (
                "max_gap_ms", "#35",
                "两键间隔不超过多少毫秒算读卡器（5 至 200）",
                "Longest gap between its keys, ms (5 to 200)",
            ),
            ("min_length", "#8", "最短位数（4 至 40）", "Shortest number (4 to 40)"),
        ),
    ),
)  # fmt: skip

_DEVICES = """\
# 设备地址 | Addresses of devices
#   nfc+pn532:/dev/kiosk-reader     nfc+usb:072f:2200
#   scanner+serial:/dev/kiosk-scanner    idcard+serial:/dev/kiosk-idcard
#   escpos+tcp:192.168.1.50:9100    escpos+serial:/dev/kiosk-printer    escpos+usb:04b8:0e15
"""

# List of devices, 中文, English, and one entry of it with the usual values.
_LISTS: tuple[tuple[str, str, str, Mapping[str, object]], ...] = (
    (
        "readers",
        "读卡器 role：door 供职工签到签退，desk 供值班台借还物品、签字",
        "role of a reader: door for signing in and out, desk for keys and signatures",
        {"name": "门口", "address": "nfc+pn532:/dev/kiosk-reader", "role": "door"},
    ),
    (
        "printers",
        """width_dots：80 毫米纸 576，58 毫米纸 384；font：另用字体
# process_id：是否回报作业号："auto"（自动识别）、true、false；只答状态的打印机写 "status"
# mode："raster" 按图形打印；"text" 由老式打印机自己打汉字
# codes：老式打印机能印的码："qr"、"code128"、"none"
# fallback：第二台打印机写 true，第一台出故障时由它代打""",
        """width_dots: 576 on 80 mm paper, 384 on 58 mm
# process_id: does it send a job's mark back: "auto" (finds out), true, false;
# "status": it answers nothing but its status, so that with "auto" every slip is in doubt
# mode: "raster" prints pictures; "text" leaves the characters to an old printer, which makes
# the codes: "qr", "code128", "none"; fallback: true for a second printer that stands in""",
        {
            "name": "会客单", "address": "escpos+tcp:192.168.1.50:9100", "width_dots": 576,
            "process_id": "auto", "baud": 115200, "font": "", "mode": "raster",
            "codes": "code128", "fallback": False,
        },
    ),
    (
        "scanners",
        "扫码枪；baud：串口速率",
        "Code scanners; baud: speed of the serial line",
        {"name": "扫码枪", "address": "scanner+serial:/dev/kiosk-scanner", "baud": 9600},
    ),
    (
        "id_readers",
        "二代居民身份证阅读器（也读港澳台居民居住证、外国人永久居留身份证）；baud：串口速率",
        "Readers of second-generation ID cards; baud: speed of the serial line",
        {"name": "身份证", "address": "idcard+serial:/dev/kiosk-idcard", "baud": 115200},
    ),
    WINDOWS_LISTED,
    CONTACTS_LISTED,
    WEATHER_LISTED,
)  # fmt: skip

_RULES_HEAD = """\
# 制度中的数字，注明范围和出处；单位 _s 秒 _min 分钟 _h、_hours 小时 _days 天
# The numbers of the regulations with their limits and source; units: _s _min _h _hours _days
[rules]
"""


def example(answers: Mapping[str, object] | None = None) -> str:
    """Return the commented file.

    ``answers`` maps ``section.key`` to a text, number, truth or list of texts, and ``readers``,
    ``printers``, ``scanners``, ``id_readers``, ``contacts``, ``shifts``, ``hours_profiles``,
    ``work_shifts`` to lists of mappings.
    Raises ``ValueError`` for any other key.
    """
    given = dict(answers or {})
    sections = [_section(name, keys, given) for name, keys in _SECTIONS]
    devices = [_devices(*listed, given.pop(listed[0], ())) for listed in _LISTS]
    listed = (SHIFTS_LISTED, *HOURS_LISTED, LADDER_LISTED)
    lists = [_devices(*one, given.pop(one[0], ())) for one in listed]
    parts = [_HEAD, *sections, _DEVICES, *devices, LANES_EXAMPLE, *lists, _rules()]
    if given:
        raise ValueError(f"the example has no {sorted(given)}")
    return "\n".join(parts)


def _section(
    name: str, keys: tuple[tuple[str, str, str, str], ...], answers: dict[str, object]
) -> str:
    lines = [f"[{name}]"]
    for key, usual, chinese, english in keys:
        lines += [
            f"# {chinese}",
            f"# {english}",
            _setting(key, usual, answers.pop(f"{name}.{key}", None)),
        ]
    return "\n".join(lines) + "\n"


def _setting(key: str, usual: str, answer: object) -> str:
    if answer is not None:
        return f"{key} = {_toml(answer)}"
    return f"{'# ' if usual[0] == '#' else ''}{key} = {usual[1:]}"


def _devices(
    name: str, chinese: str, english: str, usual: Mapping[str, object], answers: object
) -> str:
    lines = [f"# {chinese}", f"# {english}"]
    given = list(answers) if isinstance(answers, list | tuple) else []
    for entry in given:
        lines += [f"[[{name}]]", *(f"{key} = {_toml(it)}" for key, it in entry.items())]
    if not given:
        lines += [f"# [[{name}]]", *(f"# {key} = {_toml(it)}" for key, it in usual.items())]
    return "\n".join(lines) + "\n"


def _toml(answer: object) -> str:
    """Return the value as TOML; its basic strings, numbers and lists are written as JSON's are."""
    plain = list(answer) if isinstance(answer, tuple) else answer
    return json.dumps(str(plain) if isinstance(plain, Path) else plain, ensure_ascii=False)


def _rules() -> str:
    lines = []
    for name, rule in rule_fields().items():
        meta = rule.metadata
        limits = f"{meta['least']} .. {meta['most']}"
        lines.append(f"# {name} = {rule.default}".ljust(34) + f"# {limits}  {_source(meta)}")
    return _RULES_HEAD + "\n".join(lines) + "\n"


def _source(meta: Mapping[str, str]) -> str:
    return SOURCES.get(meta["clause"], meta["clause"])


def write_example(path: Path, answers: Mapping[str, object] | None = None) -> None:
    """Write the commented file, readable by everybody, to disk for certain.

    Raises ``Refused("settings.exists")``: settings are never written over.
    """
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(example(answers))
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise Refused("settings.exists", file=str(path)) from None
