"""Whom the lead keeps for a place of a goal, or leaves out, when a team is suggested."""
