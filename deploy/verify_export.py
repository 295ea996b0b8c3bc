#!/usr/bin/env python3
"""Check a journal that `kiosk journal export` wrote, on any computer with Python 3.9 or later.

It needs nothing but this file: no kiosk, no key, no network. docs/journal-export.md says for
everybody what the check proves and what it does not.

    python3 verify_export.py EXPORT
    python3 verify_export.py EXPORT --sheet 7D02 93AF 00C4 B1E6
    python3 verify_export.py EXPORT --sheet-file CODE.txt

Exit codes: 0 the export holds, and so does the sheet where one was given; 1 the export does not
hold; 2 wrong usage, or a file that cannot be read; 3 the export holds but has no entry with the
sheet's code; 4 the sheet's code was typed wrongly; 5 the export was written by a newer kiosk.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

FORMAT, VERSION = "gatehouse-journal-export", 1
GENESIS = "0" * 64
HOLDS, BROKEN, UNREADABLE, NO_SUCH_SHEET, MISTYPED, NEWER = range(6)

GROUPS, GROUP, DIGITS = 4, 4, 16
ALIKE = 2  # so many equal groups of four, and the code is a typing slip of that entry's

_LINE = re.compile(rb'\{"prev":"([0-9a-f]{64})","hash":"([0-9a-f]{64})","entry":(\{.*\})\}\n')
_HASH = re.compile("[0-9a-f]{64}")
_CODE_IN_TEXT = re.compile(r"(?<![0-9a-z])(?:[0-9a-foil]{4}[ \t\-]?){3}[0-9a-foil]{4}(?![0-9a-z])")
_READ_FOR = str.maketrans("oil", "011")
_BETWEEN = re.compile(r"[\s\-_.·:]+")

WORDS_IN_TWO_LANGUAGES = """
intact: The export holds: {entries} entries, {first} to {last}; gate {gate}, site {site}.
 导出文件完好：第 {first} 到第 {last} 条，共 {entries} 条；门岗 {gate}，{site}。
empty: The export holds, but has no entry: it proves nothing.
 导出文件完好，但其中没有记录，什么也证明不了。
head: Fingerprint of the last entry: {code}
 最后一条记录的校验码：{code}
no_sheet: Without a sheet on paper this says only that the entries fit together;
 + whoever writes a whole new file can make them fit. Give a sheet's code with --sheet.
 没有纸质交接单，只能说明各条记录前后相符；整份重写的文件也能相符。
 + 请用 --sheet 输入交接单上的校验码。
sheet: The code {code} is that of entry {seq}, written {at} UTC: {what}.
 校验码 {code} 是第 {seq} 条记录的，写于世界时 {at}：{what}。
proved: Entries {first} to {seq} are exactly as they were when that sheet was printed.
 第 {first} 条到第 {seq} 条与打印那张交接单时完全一样。
later: Entries {after} to {last} came after the sheet: it does not vouch for them.
 第 {after} 条到第 {last} 条在那张交接单之后，它不能作证。
before: Entries before {first} are not in this file: of them it proves nothing.
 第 {first} 条以前的记录不在本文件中，无从证明。
goes_on: The book went on after entry {last}: of that this file proves nothing.
 第 {last} 条以后的记录不在本文件中，无从证明。
broken: The export does NOT hold.
 导出文件有问题！
changed: Entry {seq} was changed after it was written (line {line}).
 第 {seq} 条记录写下以后被改动过（文件第 {line} 行）。
strange: Where entry {seq} should stand is something that is no entry (line {line}).
 本该是第 {seq} 条记录的地方不是一条记录（文件第 {line} 行）。
missing: Entry {seq} is missing: entry {there} stands in its place (line {line}).
 缺第 {seq} 条记录：它的位置上是第 {there} 条（文件第 {line} 行）。
missing_end: Entries {seq} to {last} are missing at the end (line {line}).
 末尾缺第 {seq} 条到第 {last} 条记录（文件第 {line} 行）。
doubled: Entry {there} stands there twice (line {line}).
 第 {there} 条记录出现了两次（文件第 {line} 行）。
order: Entry {there} stands where {seq} should: the order was changed (line {line}).
 第 {there} 条记录站在第 {seq} 条的位置上：顺序被改动过（第 {line} 行）。
too_many: Entry {there} is more than the first line says there are (line {line}).
 第 {there} 条记录是多出来的，文件第一行没有说到它（第 {line} 行）。
other_gate: Entry {seq} is of another gate (line {line}).
 第 {seq} 条记录是别的门岗的（文件第 {line} 行）。
loose: Entry {seq} does not follow the one before: one was written anew (line {line}).
 第 {seq} 条记录接不上前一条：其中一条是后来重写的（文件第 {line} 行）。
cut: The file was cut off after entry {seq}; it should go on to {last}.
 文件不完整：应到第 {last} 条，却在第 {seq} 条之后断了。
frame: The first or last line was changed, or the entries are not those it was made of.
 文件的第一行或最后一行被改动过，或者记录不是当初的那些。
after_end: Something was added behind the end (line {line}).
 文件结尾之后又被加了东西（第 {line} 行）。
no_export: This is no journal export, or its first line was changed.
 这不是台账的导出文件，或者第一行被改动过。
converted: A text editor or mail program changed its line ends. Fetch the original file again.
 文件被文本编辑器或邮件程序改过换行或开头的字节。请重新取原文件。
newer: A newer kiosk wrote this (format {version}). Take its own verify_export.py.
 这份文件由更新的程序写成（格式 {version}）。请用它附带的 verify_export.py。
no_such_sheet: The export holds, but no entry has the code {code}. The sheet is another
 + desk's or of days not in this file, or the book was written anew.
 导出文件完好，但没有一条记录的校验码是 {code}。
 + 可能是别的门岗的交接单，或那天不在本文件中，也可能账本被重写过。
near: Group {group} of the code ({typed}) is not that of entry {seq} ({right}), others are.
 + Look at the sheet again. If it does say {typed}, it is no sheet of this book.
 校验码第 {group} 组（{typed}）与第 {seq} 条记录（{right}）不符，其余有相符的。
 + 请再看一眼纸；如果纸上确实是 {typed}，这张单子就不是这本账的。
letters: Group {group} of the code ({typed}) has something else than 0-9 and A-F.
 校验码第 {group} 组（{typed}）里有 0-9、A-F 以外的字符。
length: Group {group} of the code ({typed}) has {n} characters instead of four.
 校验码第 {group} 组（{typed}）有 {n} 个字符，应为四个。
code_length: The code has {n} characters instead of 16, four groups of four.
 校验码有 {n} 个字符；应为 16 个，四个一组，共四组。
several: There are several codes in that text. Give the sheet's alone.
 这段文字里有几个校验码。请只给交接单上的那一个。
file: {file} cannot be read: {why}
 读不了 {file}：{why}
"""


def _in_both(text: str) -> dict[str, list[str]]:
    """Return each sentence in English and Chinese by its name."""
    lines = text.strip().replace("\n + ", "\x00").splitlines()
    pairs = (line.partition(": ")[::2] for line in lines[::2])
    return {
        name: [said.replace("\x00", "\n") for said in (english, lines[2 * at + 1].strip())]
        for at, (name, english) in enumerate(pairs)
    }


WORDS = _in_both(WORDS_IN_TWO_LANGUAGES)


class Stop(Exception):  # noqa: N818 - it says what was found; the word for it stands in WORDS
    """The check ends here: what was found, its facts and the exit code."""

    def __init__(self, found: str, status: int = BROKEN, /, **facts: object) -> None:
        super().__init__(found)
        self.found, self.status, self.facts = found, status, facts


class Sheet:
    """A code from paper: which entry has it, and which are so near that it was mistyped."""

    def __init__(self, digits: str) -> None:
        self.digits = digits
        self.entry: dict[str, Any] | None = None
        self.near: dict[str, Any] | None = None
        self.near_hash = ""

    def compare(self, entry: dict[str, Any], digest: str) -> None:
        """Look whether this entry's hash begins with the code, or nearly."""
        if self.entry is not None:
            return
        if digest.startswith(self.digits):
            self.entry = entry
        elif self.near is None and self._is_near(digest):
            self.near, self.near_hash = entry, digest

    def _is_near(self, digest: str) -> bool:
        starts = range(0, DIGITS, GROUP)
        return sum(self.digits[i : i + GROUP] == digest[i : i + GROUP] for i in starts) >= ALIKE


class Chain:
    """The entries read so far: the number and the hash that the next one must follow."""

    def __init__(self, header: dict[str, Any]) -> None:
        self.header = header
        self.expected: int = header["first"] or 1
        self.head: str = header["before"]

    def take(self, line: bytes, number: int) -> tuple[dict[str, Any], str]:
        """Return the entry of a line and its hash; raise ``Stop`` unless it is the next one."""
        facts = {"seq": self.expected, "line": number}
        matched = _LINE.fullmatch(line)
        if matched is None:
            raise Stop("strange", **facts)
        prev, digest, text = matched.groups()
        if hashlib.sha256(prev + text).hexdigest().encode() != digest:
            raise Stop("changed", **facts)
        entry = _object(text)
        if entry is None or type(entry.get("seq")) is not int:
            raise Stop("strange", **facts)
        self._in_its_place(entry, number)
        if entry.get("gate") != self.header["gate"]:
            raise Stop("other_gate", **facts)
        if prev.decode() != self.head:
            raise Stop("loose", **facts)
        self.head, self.expected = digest.decode(), self.expected + 1
        return entry, self.head

    def _in_its_place(self, entry: dict[str, Any], line: int) -> None:
        seq, there, last = self.expected, entry["seq"], self.header["last"]
        found = "too_many" if seq > last else "missing" if there > seq else "order"
        if there == seq - 1:
            found = "doubled"
        elif there == seq <= last:
            return
        raise Stop(found, seq=seq, there=there, line=line)


def _object(text: bytes) -> dict[str, Any] | None:
    try:
        made = json.loads(text.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return made if isinstance(made, dict) else None


def header_of(line: bytes) -> dict[str, Any]:
    """Return the first line's facts; raise ``Stop`` for what is no export of this version."""
    if line.startswith(b"\xef\xbb\xbf") or line.endswith(b"\r\n"):
        raise Stop("converted")
    header = _object(line)
    if header is None or header.get("format") != FORMAT or not line.endswith(b"\n"):
        raise Stop("no_export")
    version = header.get("version")
    if type(version) is int and version > VERSION:
        raise Stop("newer", NEWER, version=version)
    if version != VERSION or not _is_sound(header):
        raise Stop("no_export")
    return header


def _is_sound(header: dict[str, Any]) -> bool:
    numbers = [header.get(name) for name in ("first", "last", "entries")]
    hashes = [header.get(name) for name in ("before", "head")]
    if not all(type(one) is int and one >= 0 for one in numbers):
        return False
    if not all(isinstance(header.get(name), str) for name in ("site", "gate")):
        return False
    if not all(isinstance(one, str) and _HASH.fullmatch(one) for one in hashes):
        return False
    first, last, entries = header["first"], header["last"], header["entries"]
    starts_well = first > 1 or header["before"] == GENESIS
    is_empty = bool(first == last == entries == 0 and header["head"] == GENESIS)
    return starts_well and (is_empty or 0 < entries == last - first + 1)


def check(lines: Iterable[bytes], sheet: Sheet | None = None) -> dict[str, Any]:
    """Check every line; return the header. Raise ``Stop`` at the first that is wrong."""
    rest = iter(lines)
    first = next(rest, b"")
    header = header_of(first)
    chain, whole = Chain(header), hashlib.sha256(first)
    for number, line in enumerate(rest, start=2):
        if not line.endswith(b"\n"):
            break
        if line.endswith(b"\r\n"):
            raise Stop("converted")
        if line.startswith(b'{"end":'):
            _check_end(line, number, chain, whole.hexdigest())
            if next(rest, None) is not None:
                raise Stop("after_end", line=number + 1)
            return header
        entry, digest = chain.take(line, number)
        whole.update(line)
        if sheet is not None:
            sheet.compare(entry, digest)
    raise Stop("cut", seq=chain.expected - 1, last=header["last"])


def _check_end(line: bytes, number: int, chain: Chain, digest: str) -> None:
    header = chain.header
    if header["entries"] and chain.expected <= header["last"]:
        raise Stop("missing_end", seq=chain.expected, last=header["last"], line=number)
    end = f'{{"end":"{FORMAT}","entries":{header["entries"]},"sha256":"{digest}"}}\n'
    if line != end.encode() or chain.head != header["head"]:
        raise Stop("frame")


def code_of(typed: str) -> str:
    """Return a sheet's code however it was typed, O read as 0, I and L as 1; else ``Stop``."""
    spoken = unicodedata.normalize("NFKC", typed).lower().translate(_READ_FOR)
    groups = [group for group in _BETWEEN.split(spoken) if group]
    whole = "".join(groups)
    if len(groups) != GROUPS:
        groups = [whole[at : at + GROUP] for at in range(0, len(whole), GROUP)]
    for at, group in enumerate(groups, start=1):
        facts = {"group": at, "typed": group.upper()[:20]}
        if not re.fullmatch("[0-9a-f]+", group):
            raise Stop("letters", MISTYPED, **facts)
        if len(groups) == GROUPS and len(group) != GROUP and len(whole) != DIGITS:
            raise Stop("length", MISTYPED, n=len(group), **facts)
    if len(whole) != DIGITS:
        raise Stop("code_length", MISTYPED, n=len(whole))
    return whole


def code_in(text: str) -> str:
    """Return the one code in a text, such as what a scanner wrote into a file."""
    spoken = unicodedata.normalize("NFKC", text).lower()
    found = {code_of(one) for one in _CODE_IN_TEXT.findall(spoken)}
    if len(found) > 1:
        raise Stop("several", MISTYPED)
    return found.pop() if found else code_of(text)


def grouped(digits: str) -> str:
    """Return a code as paper shows it: ``7D02 93AF 00C4 B1E6``."""
    return " ".join(digits[at : at + GROUP] for at in range(0, DIGITS, GROUP)).upper()


def told(header: dict[str, Any], sheet: Sheet | None) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield what a good export proves, and what it does not."""
    if not header["entries"]:
        yield "empty", {}
        return
    yield "intact", header
    yield "head", {"code": grouped(header["head"])}
    if sheet is None:
        yield "no_sheet", {}
    elif sheet.entry is not None:
        entry, first, seq = sheet.entry, header["first"], sheet.entry["seq"]
        at = str(entry.get("at", ""))[:19].replace("T", " ")
        yield "sheet", {"code": grouped(sheet.digits), "seq": seq, "at": at, "what": _what(entry)}
        yield "proved", {"first": first, "seq": seq}
        if seq < header["last"]:
            yield "later", {"after": seq + 1, "last": header["last"]}
    if header["first"] > 1:
        yield "before", {"first": header["first"]}
    if header.get("newest") is not True:
        yield "goes_on", {"last": header["last"]}


def _what(entry: dict[str, Any]) -> str:
    facts = entry.get("facts")
    number = facts.get("number") if isinstance(facts, dict) else None
    return f"{entry.get('code', '?')} {number if isinstance(number, str) else ''}".rstrip()


def check_sheet(sheet: Sheet) -> None:
    """Raise ``Stop`` when no entry has the sheet's code; name the group that was mistyped."""
    if sheet.entry is not None:
        return
    if sheet.near is None:
        raise Stop("no_such_sheet", NO_SUCH_SHEET, code=grouped(sheet.digits))
    typed, right = grouped(sheet.digits).split(), grouped(sheet.near_hash).split()
    at = next(at for at in range(GROUPS) if typed[at] != right[at])
    facts = {"group": at + 1, "typed": typed[at], "right": right[at], "seq": sheet.near["seq"]}
    raise Stop("near", MISTYPED, **facts)


def say(languages: Iterable[int], code: str, facts: dict[str, object]) -> None:
    """Say one sentence in each language; what could move a terminal's cursor becomes ``?``."""
    shown = {name: re.sub(r"[\x00-\x1f\x7f-\x9f]", "?", str(it)) for name, it in facts.items()}
    for language in languages:
        sys.stdout.write(f"{WORDS[code][language].format(**shown)}\n")


def languages_of(asked: str) -> tuple[int, ...]:
    """Return which of the two words of a sentence are said; both where nothing says which."""
    told = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    spoken = next(filter(None, [asked, *told]), "")[:2]
    return {"zh": (1,), "en": (0,)}.get(spoken, (1, 0))


def main() -> int:
    """Check what the command line names; return the exit code."""
    parser = argparse.ArgumentParser(
        description="Check a journal export of the gatehouse kiosk. 核对传达室值班台账的导出文件。",
        epilog="0 holds 完好, 1 does not hold 有问题, 2 usage 用法或文件, 3 not this book's sheet "
        "没有此校验码, 4 mistyped code 校验码输错, 5 newer format 格式较新",
    )
    parser.add_argument("export", type=Path, metavar="EXPORT", help="exported file 导出文件")
    paper = parser.add_mutually_exclusive_group()
    paper.add_argument("--sheet", nargs="+", metavar="CODE", help="sheet's code 单上的校验码")
    paper.add_argument("--sheet-file", type=Path, metavar="TXT", help="text with it 存有它的文本")
    parser.add_argument("--language", choices=("zh", "en"), default="")
    args = parser.parse_args()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    languages = languages_of(args.language)
    try:
        header, sheet = _run(args)
    except Stop as stop:
        if stop.status == BROKEN:
            say(languages, "broken", {})
        say(languages, stop.found, stop.facts)
        return stop.status
    for code, facts in told(header, sheet):
        say(languages, code, facts)
    return HOLDS


def _run(args: argparse.Namespace) -> tuple[dict[str, Any], Sheet | None]:
    try:
        sheet = None
        if args.sheet:
            sheet = Sheet(code_of(" ".join(args.sheet)))
        elif args.sheet_file:
            sheet = Sheet(code_in(args.sheet_file.read_text(encoding="utf-8-sig")))
        with args.export.open("rb") as lines:
            header = check(lines, sheet)
    except (OSError, UnicodeDecodeError) as fault:
        why, file = getattr(fault, "strerror", None) or fault, getattr(fault, "filename", "-")
        raise Stop("file", UNREADABLE, file=file, why=why) from None
    if sheet is not None:
        check_sheet(sheet)
    return header, sheet


if __name__ == "__main__":
    sys.exit(main())
