"""The set-up decides rightly what is still to do, and says what it cannot do itself."""

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
    setup.install_packages(dev=False)
    first = len(installs)
    setup.install_packages(dev=False)

    assert (first, len(installs)) == (1, 1)


def test_changed_pin_installs_again(installs, project):
    setup.install_packages(dev=False)
    (project / "requirements.txt").write_text("flask==3.1.4\n")
    setup.install_packages(dev=False)

    assert len(installs) == 2


def test_what_tests_need_covers_what_runs(installs):
    setup.install_packages(dev=True)
    setup.install_packages(dev=False)

    assert [command[-1].rpartition("/")[2] for command in installs] == ["requirements-dev.txt"]


def test_missing_node_is_installed_beside_the_packages(installs, monkeypatch):
    monkeypatch.setattr(setup, "npm_runs", lambda: False)

    setup.install_packages(dev=False)

    assert installs[-1][-1] == setup.NODE


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
