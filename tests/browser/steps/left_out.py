"""Addresses that the walk through all pages leaves out, each for a reason."""

NO_PAGES = {
    "static",
    "system.health",
    "system.styleguide",  # there while developing; has a test of its own
    "network.network_json",
    "network.network_svg",
    "links.plan_changed",  # asked by scripts, as are the next
    "own.plan_changed",
    "plans.plan_changed",
    "network.person_panel",  # parts, drawn into the picture
    "network.tie_panel",
    "accounts.sign_in",  # for those who are not signed in, as is the next
    "accounts.setup",
    "calendars.feed_show",  # for programs
    "links.link_open",  # leads on at once
    "entries.entry_open",
    "own.page_open",
    "own.record_download",
    "links.letter_text",  # files, as are the next
    "network.network_csv",
    "network.network_drawing",
    "network.network_gexf",
    "network.network_graphml",
    "network.network_nodelink",
    "network.network_people_csv",
    "network.network_png",
    "network.network_ties_csv",
    "directory.directory_csv",
    "directory.directory_vcf",
    "directory.practitioner_vcf",
    "relationships.contacts_file",
    "relationships.referrals_file",
    "links.file_open",
    "referrals.file_open",
    "today.file_open",
    "links.clearance_file",
    "teams.clearance_file",
    "pathways.pathway_file",
    "pathways.own_file",
    "pathways.version_file",
}
NO_OCCASION = {
    # the worked example holds no such thing; the rooms' own tests look at these
    "clients.hand_over_show",
    "entries.observation_show",
    "links.clearance_new",  # the stories' endings look at these two
    "teams.clearance_new",
    "links.step_show",
    "links.value_new",
    "notes.note_list",
    "relationships.card_show",
    "relationships.observation_answer",
    "referrals.next_ask",
    "referrals.question_open",
    "referrals.question_show",
    "today.mail_show",
}
