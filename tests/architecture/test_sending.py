"""Every surface lets a letter leave by the one function that takes along what was chosen."""

from __future__ import annotations

import pytest

from tests.support.sources import imports, modules, named

THE_ONE_WAY = "careteam/features/letters/sending.py"


@pytest.mark.parametrize(
    "half",
    [
        "careteam.features.referrals.operations.send_referral",
        "careteam.features.letters.operations.enclose",
    ],
)
def test_neither_half_of_a_sending_is_used_alone(half: str):
    module, _, name = half.rpartition(".")
    users = {
        named(path)
        for path, tree in modules("careteam", "tools")
        for imported, _ in imports(tree)
        if imported == half
        or (imported == module and f".{name}(" in path.read_text(encoding="utf-8"))
    }
    assert users == {THE_ONE_WAY}
