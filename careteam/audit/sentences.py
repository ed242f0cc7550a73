"""A sentence for every action. The client reads these in the log of their record."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # the community
    "community.set_up": "set up the community",
    "community.changed": "changed the community's settings",
    "sample.added": "filled in the sample data",
    "sample.removed": "removed the sample data",
    "data.restored": "put the data back from a backup",
    "account.added": "added an account",
    "account.changed": "changed their own details",
    "account.password_changed": "changed their password",
    "account.disabled": "closed an account",
    "account.enabled": "opened an account again",
    "account.signed_in": "signed in",
    "account.signed_out": "signed out",
    "account.session_ended": "ended a session",
    # the directory
    "practitioner.added": "added somebody to the directory",
    "practitioner.changed": "changed a directory entry",
    "practitioner.claimed": "said whose directory entry it is",
    "practitioner.verified": "checked a directory entry",
    "practitioner.retired": "took an entry out of the directory",
    "practitioner.restored": "put an entry back into the directory",
    "import.brought": "brought a list of practitioners",
    "import.corrected": "corrected a list before its import",
    "practitioners.imported": "imported directory entries",
    "tie.remembered": "noted from memory who refers to whom",
    # the client
    "client.added": "started the record",
    "client.changed": "changed the client's details",
    "client.consent_to_keep_recorded": "recorded consent to keep the record",
    "consent.recorded": "recorded consent to share",
    "consent.withdrawn": "withdrew consent to share",
    "goal.added": "added a goal",
    "goal.changed": "changed who leads clinically",
    "goal.reworded": "reworded the goal",
    "goal.paused": "paused the goal",
    "goal.resumed": "resumed the goal",
    "goal.ended": "ended the goal",
    "goal.replaced": "replaced the goal",
    "goal.pathway_switched": "changed the pathway of the goal",
    "screening.answered": "recorded answers to safety questions",
    "effect.overridden": "set aside a suggestion, with a reason",
    "effect.override_withdrawn": "took back that a suggestion was set aside",
    "flag.answered": "recorded what was done about a warning sign",
    "flag.answer_withdrawn": "raised a warning sign again",
    # the team
    "seat.added": "added a place to the team",
    "seat.referred": "asked somebody to take a place on the team",
    "seat.filled": "filled a place on the team",
    "seat.set_later": "put a place on the team off",
    "seat.not_wanted": "noted that a place on the team is not wanted",
    "seat.reopened": "opened a place on the team again",
    "seat.ended": "ended a place on the team",
    "seat.hidden": "kept a place on the team from somebody",
    "seat.shown": "stopped keeping a place on the team from somebody",
    "team.proposed": "brought the team in line with the answers",
    # referrals
    "referral.written": "wrote a referral",
    "referral.changed": "changed a referral before sending",
    "referral.sent": "sent a referral",
    "referral.moved": "moved a referral on",
    "referral.logged": "logged a past referral",
    "names.given": "gave names",
    "names.followed_up": "noted what became of names given",
    # the plan
    "plan.made": "made the plan from the pathway",
    "plan.anchor_moved": "moved the day the plan counts from",
    "milestone.added": "added a milestone",
    "milestone.changed": "changed a milestone",
    "milestone.moved": "moved a milestone on",
    "milestone.removed": "removed a milestone",
    "milestone.turned_back": "turned back the last change of a milestone",
    "milestone.kept": "kept a milestone of an earlier pathway",
    "measurement.recorded": "recorded a measurement",
    "measurement.taken_back": "took back a measurement",
    # today
    "urgent.logged": "logged an urgent matter",
    "urgent.followed_up": "noted whether the person was seen",
    "call.logged": "logged a call",
}


def sentence(action: str) -> str:
    return SENTENCES.get(action, action)
