"""What can be permitted. Who has each permission stands in `rules.py`, and only there."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    # the community
    MANAGE_ACCOUNTS = "account:manage"
    EDIT_OWN_ACCOUNT = "account:edit-own"
    MANAGE_COMMUNITY = "community:manage"
    MANAGE_PATHWAYS = "pathway:manage"
    READ_PATHWAYS = "pathway:read"
    # the directory and the network
    READ_DIRECTORY = "directory:read"
    ADD_PRACTITIONER = "practitioner:add"
    EDIT_PRACTITIONER = "practitioner:edit"
    SAY_AVAILABILITY = "availability:say"
    VERIFY_PRACTITIONER = "practitioner:verify"
    REMOVE_PRACTITIONER = "practitioner:remove"
    MERGE_PRACTITIONER = "practitioner:merge"
    READ_NETWORK = "network:read"
    KEEP_OWN_NOTES = "own-notes:keep"
    ANSWER_OBSERVATION = "observation:answer"
    # one client
    ADD_CLIENT = "client:add"
    READ_CLIENT = "client:read"
    EDIT_CLIENT = "client:edit"
    KEEP_CLIENT = "client:keep"
    END_COVER = "cover:end"
    ANSWER_HAND_OVER = "hand-over:answer"
    UNLINK_PARTNER = "partner:unlink"
    READ_ACCESS_LOG = "client:read-log"
    READ_CONSENTS = "consent:read"
    RECORD_CONSENT = "consent:record"
    READ_RECORD = "record:read"
    READ_SAFETY_REASONS = "safety:read-reasons"
    EDIT_GOAL = "goal:edit"
    ANSWER_SCREENING = "screening:answer"
    EDIT_TEAM = "team:edit"
    LAY_PRECAUTION = "precaution:lay"
    END_PRECAUTION = "precaution:end"
    GIVE_CLEARANCE = "clearance:give"
    READ_CLEARANCE = "clearance:read"
    TAKE_BACK_CLEARANCE = "clearance:take-back"
    EDIT_PLAN = "plan:edit"
    ANSWER_PLAN = "plan:answer"
    MOVE_MILESTONE = "milestone:move"
    RECORD_MEASUREMENT = "measurement:record"
    READ_NOTES = "note:read"
    WRITE_NOTE = "note:write"
    # referrals
    WRITE_REFERRAL = "referral:write"
    READ_REFERRAL = "referral:read"
    ACT_ON_REFERRAL = "referral:act"
    MANAGE_LINK = "link:manage"
    MAKE_CODE = "link:make-code"
