"""Keys of sample rows. The same row has the same key in every community that has the sample."""

from __future__ import annotations

from uuid import UUID, uuid5

_SAMPLE = UUID("6f1c1f5e-2d0f-5c1c-9a0e-3b5b0f6d7a11")


def sample_id(*parts: object) -> UUID:
    """The key of what `parts` name, such as `sample_id("practitioner", "linnet")`."""
    return uuid5(_SAMPLE, "/".join(map(str, parts)))


def practitioner_id(key: str) -> UUID:
    return sample_id("practitioner", key)


def account_id(key: str) -> UUID:
    return sample_id("account", key)
