"""The directory of practitioners that all members share."""
