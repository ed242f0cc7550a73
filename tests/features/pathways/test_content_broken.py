"""Content that breaks its format: each kind of breakage names file, line and reason."""

import shutil
from pathlib import Path

import pytest

from careteam.features.pathways.content import (
    CONTENT_FOLDER,
    ContentError,
    load_content,
    read_content,
)
from careteam.features.pathways.reading.catalogue import read_catalogue
from careteam.features.pathways.reading.entry import read_file
from careteam.features.pathways.reading.pathway import read_pathway
from tests.support.catalogue_breaks import CATALOGUE_BREAKS
from tests.support.content_breaks import BREAKS, ED

EVERY = BREAKS | CATALOGUE_BREAKS


def read_part(path: Path) -> None:
    """Read the folder of a catalogue file, or a pathway file beside the shipped catalogue."""
    if path.parent.name == "catalogue":
        read_catalogue(path.parent)
    else:
        read_pathway(read_file(path), load_content().catalogue, load_content().pathways)


def read_broken(folder: Path, file: str, old: str, new: str) -> ContentError:
    """The complaint about a shipped file in which the first ``old`` has become ``new``."""
    text = (CONTENT_FOLDER / file).read_text(encoding="utf-8")
    assert old in text
    if file.startswith("catalogue/"):
        shutil.copytree(CONTENT_FOLDER / "catalogue", folder / "catalogue")
    path = folder / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_part(path)
    return caught.value


@pytest.mark.parametrize(("file", "old", "new", "reason"), EVERY.values(), ids=list(EVERY))
def test_broken_file_names_file_line_and_reason(
    tmp_path: Path, file: str, old: str, new: str, reason: str
) -> None:
    error = read_broken(tmp_path, file, old, new)
    name = file.rsplit("/", 1)[-1]
    assert reason in error.reason
    assert error.file == name
    assert str(error) == f"{name}, line {error.line}: {error.reason}"
    assert error.line >= 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status: draft_for_clinical_review", "status: fine"),
        ("  id: plan_start", "  id: full_moon"),
        ("discipline: movement_teacher", "discipline: juggler"),
        ("question: faint_heart", "question: courage"),
        ("verdict: contradicted", "verdict: nonsense"),
        ("target_day: 7", "target_day: 70"),
        ("owner: dietitian", "owner: juggler"),
        ("every_days: 14", "every_days: 0"),
    ],
)
def test_line_is_the_line_of_the_break(tmp_path: Path, old: str, new: str) -> None:
    text = (CONTENT_FOLDER / ED).read_text(encoding="utf-8")
    error = read_broken(tmp_path, ED, old, new)
    assert error.line == text[: text.index(old)].count("\n") + 1


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT_FOLDER, tmp_path / "content"))


def test_circle_of_milestones_is_named(tmp_path: Path) -> None:
    owned = "owner: psychologist\n    depends_on: "
    error = read_broken(tmp_path, ED, f"{owned}[safe]", f"{owned}[lead]")
    assert error.reason == "milestones wait for each other in a circle: lead > lead"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "the file is empty"),
        (
            b"- one\n- two\n",
            'lines with a name and a colon are needed here, as in "title: Our words"',
        ),
        (b"\xff\xfe\x00", "the file is not UTF-8 text"),
        (b"just words", 'lines with a name and a colon are needed here, as in "title: Our words"'),
    ],
)
def test_file_of_another_kind_is_refused(content: Path, text: bytes, reason: str) -> None:
    (content / ED).write_bytes(text)
    with pytest.raises(ContentError) as caught:
        read_content(content)
    assert (caught.value.file, caught.value.line) == ("weight_loss_ed_history.yaml", 1)
    assert caught.value.reason == reason


def test_missing_catalogue_file_and_empty_folder_are_refused(content: Path) -> None:
    for path in (content / "pathways").glob("*.yaml"):
        path.unlink()
    with pytest.raises(ContentError, match="no pathway files"):
        read_content(content)
    (content / "catalogue" / "factors.yaml").unlink()
    with pytest.raises(ContentError, match=r"factors\.yaml, line 1: the file is missing"):
        read_content(content)
