"""Referrals: the list, writing, one letter with its thread, and those of the past."""

from careteam.web.referrals import acting, lists, past, telling, writing
from careteam.web.referrals.room import room

__all__ = ["acting", "lists", "past", "room", "telling", "writing"]
