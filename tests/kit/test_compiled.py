"""Compiled templates are kept; whatever is wrong with the folder, the page is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from jinja2.bccache import Bucket

from careteam.kit.compiled import keep_compiled


def greeting(folder: Path, source: str = "Hello {{ name }}") -> str:
    environment = Environment(loader=DictLoader({"a.txt": source}), autoescape=True)
    keep_compiled(environment, folder)
    return environment.get_template("a.txt").render(name="Wren")


def test_second_start_reads_what_the_first_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert greeting(tmp_path / "kept") == "Hello Wren"
    monkeypatch.setattr(Environment, "_compile", lambda *_: pytest.fail("compiled again"))
    assert greeting(tmp_path / "kept") == "Hello Wren"


def test_changed_template_is_compiled_anew(tmp_path: Path) -> None:
    greeting(tmp_path)
    assert greeting(tmp_path, "Good day {{ name }}") == "Good day Wren"
    assert len(list(tmp_path.iterdir())) == 1


def test_damaged_copy_is_compiled_anew(tmp_path: Path) -> None:
    greeting(tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:-40])
    assert greeting(tmp_path) == "Hello Wren"


def test_only_the_own_account_may_look_into_the_folder(tmp_path: Path) -> None:
    greeting(tmp_path / "kept")
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0


def test_folder_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert greeting(tmp_path / "file" / "kept") == "Hello Wren"


def test_full_disk_costs_the_copy_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Bucket, "write_bytecode", full)
    assert greeting(tmp_path) == "Hello Wren"
    assert list(tmp_path.iterdir()) == []
