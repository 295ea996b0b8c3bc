"""``kiosk init``, and where every command finds its settings and its language."""

import pytest
from house import PIN, kiosk


def test_init_makes_a_site_once(tmp_path):
    folder = tmp_path / "new"
    first = kiosk("init", str(folder), "--admin-no", "9009", typed=f"{PIN}\n", lang="en_US")
    assert (first.returncode, first.stderr) == (0, "")
    assert "9009" in first.stdout
    assert PIN not in first.stdout
    for name in ("kiosk.db", "kiosk.toml", "site.key"):
        assert (folder / name).is_file()
    assert (folder / "site.key").stat().st_mode & 0o777 == 0o600
    again = kiosk("init", str(folder), typed=f"{PIN}\n", lang="en_US")
    assert again.returncode == 1
    assert "kiosk.toml" in again.stderr


def test_init_without_a_pin_makes_one_and_refuses_a_weak_one(tmp_path):
    made = kiosk("init", str(tmp_path / "a"), lang="en_US")
    assert made.returncode == 0
    assert "PIN " in made.stdout
    weak = kiosk("init", str(tmp_path / "b"), typed="1234\n", lang="en_US")
    assert weak.returncode == 1
    assert weak.stderr.strip()
    assert not (tmp_path / "b").exists()


def test_the_settings_are_found_by_option_then_environment_then_folder(site, tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("[nothing]\n")
    by_folder = kiosk("verify", cwd=site.folder)
    assert by_folder.returncode == 0
    by_environment = kiosk("verify", cwd=tmp_path, more={"KIOSK_CONFIG": str(site.config)})
    assert by_environment.returncode == 0
    beats_folder = kiosk("verify", cwd=site.folder, more={"KIOSK_CONFIG": str(wrong)})
    assert beats_folder.returncode == 1
    assert "nothing" in beats_folder.stderr
    beats_both = kiosk(
        "verify", "--config", str(site.config), cwd=tmp_path, more={"KIOSK_CONFIG": str(wrong)}
    )
    assert beats_both.returncode == 0
    nowhere = kiosk("verify", cwd=tmp_path)
    assert nowhere.returncode == 1
    assert "kiosk.toml" in nowhere.stderr


def test_run_wants_a_terminal(site):
    done = site.kiosk("run")
    assert done.returncode == 1
    assert "终端" in done.stderr


def told(*words, language, **options):
    return kiosk(*words, lang="C", more={"KIOSK_SITE__LANGUAGE": language}, **options)


@pytest.mark.usefixtures("compiled_words")
def test_argparse_speaks_the_language_of_the_site():
    asked = told("badges", "--help", language="zh_CN")
    assert (asked.returncode, asked.stdout.startswith("用法：kiosk badges")) == (0, True)
    assert "usage" not in asked.stdout
    wrong = told("badges", "block", "1001", language="zh_CN")
    assert (wrong.returncode, "缺少 --reason" in wrong.stderr) == (2, True)
    english = told("badges", "--help", language="en")
    assert english.stdout.startswith("usage: kiosk badges")


@pytest.mark.usefixtures("compiled_words")
def test_settings_that_are_wrong_are_told_in_the_language_of_the_environment(tmp_path):
    done = told("verify", "--config", str(tmp_path / "no.toml"), language="zh_CN")
    assert (done.returncode, "找不到" in done.stderr or "没有" in done.stderr) == (1, True)
    folder = told("verify", "--config", str(tmp_path), language="zh_CN")
    assert "是文件夹" in folder.stderr


def test_a_file_where_a_folder_should_be_is_refused_and_stays(tmp_path):
    file = tmp_path / "notes"
    file.write_text("mine")
    for folder in (file, file / "site"):
        done = kiosk("init", str(folder), lang="en_US")
        assert (done.returncode, "Not a directory" in done.stderr) == (1, True), done.stderr
    assert file.read_text() == "mine"
