"""The rules of the house that no linter knows: packages, imports, sizes, reasons, the lock."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("kiosk", "drivers", "visitors", "shift_handover")
CODE = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
SCRIPTS = sorted((ROOT / "deploy").rglob("*.py"))
LONGEST_FILE = 400
LOCK = ROOT / "requirements.lock"

# Where Textual may be imported by name, besides kiosk/ui and the screens*.py of a feature.
BESIDE_THE_APP = {
    "kiosk/app.py",
    "kiosk/demo/app.py",
    "kiosk/demo/hand.py",
    "kiosk/demo/play.py",
    "kiosk/frame.py",
    "kiosk/front_door.py",
    "kiosk/key_order.py",
    "kiosk/tap_router.py",
    "kiosk/typing_machines.py",
}
SCREENS = re.compile(
    r"kiosk/ui/\w+\.py|(kiosk(/\w+){1,2}|(visitors|shift_handover)(/\w+)?)/screens\w*(/\w+)?\.py"
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def files(*patterns: str) -> Iterator[Path]:
    """Every text file of the repository that is ours: no environment, no caches, nothing built."""
    skipped = {".venv", ".git", "__pycache__", "demo", "node_modules"}
    for pattern in patterns:
        for path in ROOT.rglob(pattern):
            parts = path.relative_to(ROOT).parts
            if path.is_file() and not any(
                part in skipped or part.endswith(("_cache", ".egg-info")) for part in parts
            ):
                yield path


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", [p for p in CODE if p.name == "__init__.py"], ids=name_of)
def test_init_holds_a_docstring_and_nothing_else(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    assert len(tree.body) == 1


def test_textual_is_imported_only_by_screens():
    strangers = [
        name_of(path)
        for path in CODE
        if any(
            module.split(".")[0] == "textual" for module in imports(ast.parse(path.read_bytes()))
        )
        and not SCREENS.fullmatch(name_of(path))
        and name_of(path) not in BESIDE_THE_APP
    ]
    assert not strangers, "\n".join(strangers)


def test_every_letter_is_a_key_with_caps_lock_too():
    bound = re.compile(r'Binding\("([^"]+)"')
    deaf = [
        f"{name_of(path)}: {keys}"
        for path in CODE
        for keys in bound.findall(path.read_text(encoding="utf-8"))
        for letter in keys.split(",")
        if re.fullmatch("[a-zA-Z]", letter) and letter.swapcase() not in keys.split(",")
    ]
    assert not deaf, "\n".join(deaf)


@pytest.mark.parametrize(
    "module", ["kiosk.all_reports", "kiosk.features", "kiosk.cli", "kiosk.printing", "kiosk.taps"]
)
def test_the_command_line_starts_without_textual(module):
    asked = f"import sys, {module}; print(*sorted(m for m in sys.modules if m == 'textual'))"
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-c", asked],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=ROOT,
    )
    assert done.stdout.strip() == ""


def test_no_file_is_longer_than_a_person_reads():
    long = {
        name_of(path): lines
        for path in CODE
        if "migrations" not in path.parts  # the whole schema at one moment, written once
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def shared_by_tests() -> list[Path]:
    """Every module that tests import from each other (pyproject.toml, ``pythonpath``)."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    folders = project["tool"]["pytest"]["ini_options"]["pythonpath"]
    modules = [path for folder in folders for path in sorted((ROOT / folder).glob("*.py"))]
    return [one for one in modules if one.stem != "conftest" and not one.stem.startswith("test_")]


def test_what_tests_share_has_a_name_of_its_own():
    names = [path.stem for path in shared_by_tests()]
    assert {name for name in names if names.count(name) > 1} == set()
    from_any_conftest = [
        name_of(path)
        for path in TESTS
        if "conftest" in imports(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert from_any_conftest == []  # which folder's would depend on what else is collected


def test_no_module_is_a_drawer_for_everything():
    drawers = re.compile(r"(utils?|helpers?|common|misc|managers?)\.py")
    assert [name_of(path) for path in CODE if drawers.fullmatch(path.name)] == []


def reasons_missing(path: Path) -> Iterator[str]:
    """Yield every silenced finding that no comment on its line or the line above explains."""
    lines = path.read_text(encoding="utf-8").splitlines()
    silenced = re.compile(
        r"#\s*(?:ruff:\s*)?noqa(?::\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*)?(?P<rest>.*)"
    )
    ignored = re.compile(r"#\s*type:\s*ignore(?:\[[\w,\s-]+\])?(?P<rest>.*)")
    for number, line in enumerate(lines, start=1):
        for pattern in (silenced, ignored):
            found = pattern.search(line)
            above = lines[number - 2].strip() if number > 1 else ""
            if found and not re.search(r"\w{3}", found["rest"]) and not above.startswith("#"):
                yield f"{name_of(path)}:{number}"


def test_every_silenced_finding_has_a_reason():
    ours = [path for path in (*CODE, *SCRIPTS, *TESTS) if path != Path(__file__)]
    bare = [where for path in ours for where in reasons_missing(path)]
    assert not bare, "\n".join(bare)


def test_a_silenced_finding_without_a_reason_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    bare = tmp_path / "bare.py"
    bare.write_text("a = 1  # noqa: E501\nb = 2  # type: ignore[x]\nc = 3  # noqa: E501 - a URL\n")
    assert list(reasons_missing(bare)) == ["bare.py:1", "bare.py:2"]


def test_nothing_names_the_machine_it_was_made_on():
    # Put together here, so that this file does not find itself.
    private = re.compile(
        "|".join(("/" + "work/", "/" + "root/", "tmp" + "/notes", r"--(extra-)?" + "index-url"))
    )
    texts = files(
        "*.py",
        "*.md",
        "*.toml",
        "*.lock",
        "*.po",
        "*.sh",
        "*.service",
        "*.rules",
        "*.ini",
        "Makefile",
        "run",
    )
    found = [
        name_of(path)
        for path in texts
        if private.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


def requirements() -> dict[str, str]:
    """Return each locked requirement by its normal name, with everything that belongs to it."""
    blocks = re.split(r"^(?=[a-zA-Z0-9])", LOCK.read_text(encoding="utf-8"), flags=re.MULTILINE)
    entries = [block for block in blocks if not block.startswith("#") and block.strip()]
    return {normal(re.split(r"[=\[ ]", block, maxsplit=1)[0]): block for block in entries}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_locked_requirement_is_pinned_and_hashed():
    loose = [
        name
        for name, block in requirements().items()
        if not re.match(r"[\w.\[\],-]+==\S+", block) or "--hash=sha256:" not in block
    ]
    assert loose == []


def test_the_lock_names_no_place_to_fetch_from():
    assert re.findall(r"https?://|^-[if-]", LOCK.read_text(encoding="utf-8"), re.MULTILINE) == []


def test_the_lock_holds_everything_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {normal(re.split(r"[^\w.-]", line, maxsplit=1)[0]) for line in asked}
    assert names - set(requirements()) == set()


def test_no_binary_catalogue_is_kept():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "*.mo" in ignored


def test_the_licence_is_the_whole_text_of_eupl_1_2():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    articles = [int(number) for number in re.findall(r"^(\d+)\.\s?[A-Z]", text, re.MULTILINE)]
    assert articles == list(range(1, 16))
    assert "‘Compatible Licences’ according to Article 5 EUPL are:" in text
    assert text.rstrip().endswith("require the production of a new EUPL version.")
