"""The set-up decides rightly what is still to do, and says what it cannot do itself."""

import sys
from subprocess import CalledProcessError
from types import SimpleNamespace

import pytest

from tools import setup


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project folder of its own, with requirements and an environment that runs."""
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text("flask==3.1.3\n")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 0\n")
    python.chmod(0o755)
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "PYTHON", python)
    monkeypatch.setattr(setup, "STAMP", tmp_path / "stamp")
    return tmp_path


@pytest.fixture
def installs(project, monkeypatch):
    """The commands the set-up would run, none of them run."""
    commands: list[list[str]] = []

    def note(command, **_):
        commands.append([str(part) for part in command])

    monkeypatch.setattr("tools.setup.subprocess.run", note)
    monkeypatch.setattr(setup, "runs", lambda *_: True)
    monkeypatch.setattr(setup, "npm_runs", lambda: True)
    return commands


def test_second_set_up_installs_nothing(installs):
    setup.install_packages(setup.RUN, compiled=True)
    first = len(installs)
    setup.install_packages(setup.RUN, compiled=True)

    assert (first, len(installs)) == (1, 1)


def test_changed_pin_installs_again(installs, project):
    setup.install_packages(setup.RUN, compiled=True)
    (project / "requirements.txt").write_text("flask==3.1.4\n")
    setup.install_packages(setup.RUN, compiled=True)

    assert len(installs) == 2


def test_changed_and_changed_back_pin_installs_again(installs, project):
    for pin in ("3.1.3", "3.1.4", "3.1.3"):
        (project / "requirements.txt").write_text(f"flask=={pin}\n")
        setup.install_packages(setup.RUN, compiled=False)
        setup.install_packages(setup.TEST, compiled=False)

    assert len(installs) == 6


def test_what_tests_need_leaves_what_runs_installed(installs):
    for names in (setup.RUN, setup.TEST, setup.RUN, setup.TEST):
        setup.install_packages(names, compiled=False)

    assert [command[-1].rpartition("/")[2] for command in installs] == [
        "requirements.txt",
        "requirements-dev.txt",
    ]


def test_missing_node_is_installed_beside_the_packages(installs, monkeypatch):
    monkeypatch.setattr(setup, "npm_runs", lambda: False)

    for names in (setup.RUN, setup.TEST):
        setup.install_packages(names, compiled=False)

    assert [command[-1] for command in installs].count(setup.NODE) == 1
    assert installs[1][-1] == setup.NODE


@pytest.mark.parametrize(("pip", "outside"), [(True, True), (False, False)])
def test_environment_has_a_pip_only_where_the_system_has_none(project, monkeypatch, pip, outside):
    made: list[list[str]] = []

    def note(command, **_):
        made.append(command)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(setup, "runs", lambda *_: pip)
    monkeypatch.setattr("tools.setup.subprocess.run", note)

    setup.make_venv()

    assert ("--without-pip" in made[0]) is outside


def test_what_runs_beside_is_waited_for(project, tmp_path):
    with setup.beside(sys.executable, "-c", f"open({str(tmp_path / 'done')!r}, 'w')"):
        pass

    assert (tmp_path / "done").is_file()


def test_failure_beside_is_told(project):
    with (
        pytest.raises(CalledProcessError, match="exit status 3"),
        setup.beside(sys.executable, "-c", "raise SystemExit(3)"),
    ):
        pass


def test_system_pip_is_pointed_at_an_environment_without_one(project, monkeypatch):
    monkeypatch.setattr(setup, "runs", lambda python, *_: python != setup.PYTHON)

    command = setup.pip_command()

    assert command[-2:] == ["--python", setup.PYTHON]


def test_missing_pip_is_named_with_what_installs_it(project, monkeypatch):
    monkeypatch.setattr(setup, "runs", lambda *_: False)

    with pytest.raises(setup.SetupError, match="apt-get install python3-pip"):
        setup.pip_command()


def test_old_python_is_refused_by_its_number():
    with pytest.raises(setup.SetupError, match=r"this is 3\.9"):
        setup.check_python((3, 9))
