"""``kiosk people import`` and ``kiosk things import``: whole or not at all."""

from openpyxl import Workbook


def test_a_bad_row_is_named_and_nothing_is_taken(run, site, tmp_path):
    file = tmp_path / "more.csv"
    file.write_text(
        "name,staff_no,department,role,badge\n"
        "Good,3001,Office,staff,04AABBCCDDEE01\n"
        ",3002,Office,staff,\n"
        "Twice,3001,Office,staff,\n"
        "Robot,3003,Office,robot,\n"
        "Taken,3004,Office,staff,04A1B2C3D4E501\n",
        encoding="utf-8",
    )
    entries = len(site.journal())
    status, out, err = run("people", "import", str(file))
    assert (status, out) == (1, "")
    for line in ("3", "4", "5", "6"):
        assert line in err
    assert "robot" in err
    assert len(err.strip().splitlines()) >= len("3456") + 1
    assert len(site.journal()) == entries


def test_a_dry_run_writes_nothing_and_the_real_one_does(run, site, tmp_path):
    file = tmp_path / "more.csv"
    file.write_text("姓名,工号,部门\n钱多多,3001,办公室\n", encoding="gb18030")
    entries = len(site.journal())
    status, out, _ = run("people", "import", str(file), "--dry-run")
    assert (status, "1 new" in out) == (0, True)
    assert len(site.journal()) == entries
    status, out, _ = run("people", "import", str(file))
    assert (status, "1 new" in out) == (0, True)
    assert "people.imported" in [e["code"] for e in site.journal()[entries:]]
    status, out, _ = run("people", "import", str(file))
    assert (status, "1 as before" in out) == (0, True)


THINGS = (
    "名称,类型,标签,门,批准,持有人\n"
    "12号柜钥匙,共用文件柜钥匙,04B1B2B3B4B501,档案室12号柜,,\n"
    "帽子1,安全帽,04B1B2B3B4B502,,,1002\n"
)


def test_things_are_taken_whole_or_every_bad_row_is_named(run, site, tmp_path):
    file = tmp_path / "things.csv"
    file.write_text(THINGS + "帽子1,helmet,,,,\n车,自行车,,,,\n", encoding="gb18030")
    entries = len(site.journal())
    status, out, err = run("things", "import", str(file))
    assert (status, out) == (1, "")
    assert "Line 4" in err
    assert "Line 5" in err
    assert len(site.journal()) == entries


def test_a_dry_run_of_things_writes_nothing_and_the_second_run_changes_nothing(run, site, tmp_path):
    file = tmp_path / "things.csv"
    file.write_text(THINGS, encoding="utf-8")
    entries = len(site.journal())
    status, out, _ = run("things", "import", str(file), "--dry-run")
    assert (status, "2 new" in out) == (0, True)
    assert len(site.journal()) == entries
    for told in ("2 new", "2 as before"):
        status, out, _ = run("things", "import", str(file))
        assert (status, told in out) == (0, True)
    new = [entry["code"] for entry in site.journal()[entries:]]
    assert new == ["thing.added", "thing.added", "loan.out", "things.imported"]
    assert run("verify")[0] == 0
    status, out, _ = run("report", "holder", "--who", "1002")
    assert (status, "帽子1" in out, "12号柜" in out) == (0, True, False)
    status, out, _ = run("report", "holder", "--who", "1001")
    assert (status, "帽子1" in out) == (0, False)


def test_a_tag_is_read_as_the_reader_prints_it(run, site, tmp_path):
    file = tmp_path / "things.csv"
    file.write_text("label,kind,tag\nHelmet 3,helmet,0078937366\n", encoding="utf-8")
    status, _, _ = run("things", "import", str(file), "--tag-format", "8h10d")
    assert status == 0
    added = [entry for entry in site.journal() if entry["code"] == "thing.added"]
    assert added[-1]["facts"]["tag"] == f"{78937366:08X}"


def saved_by_excel(path, *rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return str(path)


def test_a_number_whose_zeros_excel_dropped_is_taken(run, site, tmp_path):
    people = saved_by_excel(
        tmp_path / "people.xlsx",
        ("姓名", "工号", "部门", "卡号"), ("钱多多", "3001", "档案室", 40856634),
    )  # fmt: skip
    status, _, err = run("people", "import", people, "--badge-format", "8h10d")
    assert (status, err) == (0, "")
    things = saved_by_excel(
        tmp_path / "things.xlsx", ("label", "kind", "tag"), ("Helmet 3", "helmet", 7302202)
    )
    status, _, err = run("things", "import", things, "--tag-format", "8h10d")
    assert (status, err) == (0, "")
    facts = {entry["code"]: entry["facts"] for entry in site.journal()}
    assert facts["badge.enrolled"]["uid"] == f"{40856634:08X}"
    assert facts["thing.added"]["tag"] == f"{7302202:08X}"


def test_columns_that_are_not_known_are_named_for_people_too(run, tmp_path):
    file = tmp_path / "more.csv"
    file.write_text("姓名,工号,部门,职称,电话\n钱多多,3001,档案室,科长,8\n", encoding="utf-8")
    for more in (["--dry-run"], []):
        status, out, err = run("people", "import", str(file), *more)
        assert (status, "1 new" in out) == (0, True)
        assert err == "These columns were not read: 职称, 电话.\n"


def test_a_misspelt_rule_is_named_beside_the_bad_rows(run, tmp_path):
    file = tmp_path / "things.csv"
    file.write_text("名称,类型,批准人\n甲,自行车,两位经理\n", encoding="utf-8")
    status, _, err = run("things", "import", str(file))
    assert (status, "not read: 批准人." in err, "Line 2" in err) == (1, True, True)


def test_a_label_that_tells_its_door_is_told_and_taken(run, tmp_path):
    file = tmp_path / "things.csv"
    file.write_text("名称,类型,门\n306备用,其他,306办公室\n", encoding="utf-8")
    for more in (["--dry-run"], []):
        status, out, err = run("things", "import", str(file), *more)
        assert (status, "1 new" in out) == (0, True)
        assert "“306备用” names 306" in err


def test_two_faults_of_one_row_are_two_sentences_and_one_row(run, tmp_path):
    file = tmp_path / "things.csv"
    file.write_text("名称,类型,批准\n甲,自行车,校长\n", encoding="utf-8")
    status, _, err = run("things", "import", str(file))
    told = err.strip().splitlines()
    assert (status, len(told), "1 row is wrong" in told[-1]) == (1, 3, True)


def test_things_are_counted_as_pieces_and_people_as_people(site, tmp_path):
    things, people = tmp_path / "things.csv", tmp_path / "people.csv"
    things.write_text(THINGS, encoding="utf-8")
    people.write_text("姓名,工号,部门\n钱多多,3001,档案室\n", encoding="utf-8")
    told = site.kiosk("things", "import", str(things), "--dry-run").stdout
    assert "新增 2 件，更改 0 件，不变 0 件" in told
    told = site.kiosk("people", "import", str(people), "--dry-run").stdout
    assert "新增 1 人" in told
