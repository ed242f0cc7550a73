"""The room; its entry in the navigation says how many referrals wait for the reader."""

from flask import Flask
from flask.sansio.blueprints import BlueprintSetupState

from careteam.features.referrals.queries import count_needing
from careteam.web.frame.navigation import count_with
from careteam.web.frame.room import Room

room = Room("referrals", __name__)


def _show_count(state: BlueprintSetupState) -> None:
    if isinstance(state.app, Flask):
        count_with(state.app, "referrals.referral_list", count_needing)


room.record(_show_count)
