"""Somebody is removed from the directory, as they asked."""
