"""Browser tests meet the real server in a process of its own and a real Chromium."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps.beginning import begin
from tests.support.browser import DESKTOP, PHONE, watched_page
from tests.support.chromium import NoBrowserError, launch_arguments
from tests.support.ready import made_once, made_ready
from tests.support.server import serving

FOLDER = Path(__file__).parent
OpenPage = Callable[..., Page]
PATIENCE = 30_000
"""Milliseconds at most until a button is there: two other stages run beside this one."""
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Fails, never skips, where there is no browser."""
    try:
        return launch_arguments()
    except NoBrowserError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the worked example, of which each module gets a copy."""
    return made_once(
        tmp_path_factory,
        "filled",
        lambda folder: made_ready({"CARETEAM_DATA": str(folder)}, "demo"),
    )


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with nobody in it yet, of which each test gets a copy, beside its link."""

    def make(folder: Path) -> None:
        printed = made_ready(settings_for(folder / "data"), "setup-link")
        link = re.search(r"/setup\?token=\S+", printed)
        assert link, printed
        (folder / "link").write_text(link[0])

    return made_once(tmp_path_factory, "empty", make)


def settings_for(data: Path) -> dict[str, str]:
    return {"CARETEAM_DATA": str(data), "CARETEAM_DEMO": "0"}


@pytest.fixture(scope="module")
def folder(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the worked example."""
    copy: Path = tmp_path_factory.mktemp("sample")
    shutil.copytree(filled, copy, dirs_exist_ok=True)
    return copy


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """Address of the worked example."""
    with serving({"CARETEAM_DATA": str(folder)}) as url:
        yield url


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens watched pages that close with the test; keywords as of `watched_page`."""
    with ExitStack() as stack:

        def opened(base_url: str, **wishes: Any) -> Page:
            page: AbstractContextManager[Page] = watched_page(browser, base_url, **wishes)
            entered = stack.enter_context(page)
            entered.set_default_timeout(PATIENCE)
            return entered

        yield opened


@pytest.fixture(params=["desktop", "phone"])
def device(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Keywords for `open_page`: the test runs once on a desktop and once on a phone."""
    return {} if request.param == "desktop" else {"device": PHONE}


@dataclass(frozen=True)
class Community:
    """A server of its own with nobody in it yet."""

    url: str
    setup_link: str


@pytest.fixture
def community(empty: Path, tmp_path: Path) -> Iterator[Community]:
    """An empty community and the one-time link that is printed at its first start."""
    shutil.copytree(empty / "data", tmp_path / "data")
    with serving(settings_for(tmp_path / "data")) as url:
        yield Community(url, url + (empty / "link").read_text())


@dataclass(frozen=True)
class Practice:
    """A server of its own, with a therapist and her contacts."""

    url: str
    device: dict[str, Any]
    """Keywords for `open_page`: what everybody comes in with."""
    signed_in: dict[str, Any]
    """The same for the therapist."""


@pytest.fixture
def practice(
    browser: Browser,
    device: dict[str, Any],
    empty: Path,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Practice]:
    """What the stories begin with in an empty community: played once a device, then copied."""
    screen = device.get("device", DESKTOP)

    def play(folder: Path) -> None:
        shutil.copytree(empty / "data", folder / "data")
        with (
            serving(settings_for(folder / "data")) as url,
            watched_page(browser, url, device=screen) as page,
        ):
            page.set_default_timeout(PATIENCE)
            begin(page, url + (empty / "link").read_text())
            page.context.storage_state(path=folder / "signed-in.json")

    begun = made_once(tmp_path_factory, f"begun-{screen['viewport']['width']}", play)
    shutil.copytree(begun / "data", tmp_path / "data")
    with serving(settings_for(tmp_path / "data")) as url:
        known = {**screen, "storage_state": begun / "signed-in.json"}
        yield Practice(url, device, {"device": known})
