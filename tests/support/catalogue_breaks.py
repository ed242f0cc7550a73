"""Ways to break a file of the catalogue, each with what has to be said about it."""

MATRIX = "catalogue/information_matrix.yaml"
MEASURES = "catalogue/measures.yaml"

# As in content_breaks.py.
CATALOGUE_BREAKS = {
    "matrix level": (
        MATRIX,
        "goal_plan: full",
        "goal_plan: some",
        '"some" is not possible after "goal_plan:"',
    ),
    "matrix order": (
        MATRIX,
        "      identity_contact: full\n      goal_plan: full\n",
        "      goal_plan: full\n      identity_contact: full\n",
        "has to list every information class",
    ),
    "matrix discipline missing": (
        MATRIX,
        "disciplines: [podiatrist, optometrist]",
        "disciplines: [podiatrist]",
        "discipline optometrist has to be in exactly one viewer group",
    ),
    "measure range": (MEASURES, "    max: 10", "    max: 0", "min has to be below max"),
    "measure change": (MEASURES, "      value: 2", "      value: 20", "at most 10"),
    "measure licence": (
        MEASURES,
        "status: free\n",
        "status: unclear\n",
        "only under a free licence",
    ),
    "measure class": (
        MEASURES,
        "class: functional_status",
        "class: fun",
        'there is no information class called "fun"',
    ),
    "urgency level missing": (
        "catalogue/urgency.yaml",
        "  - id: soon",
        "  - id: later",
        '"later" is not possible after "id:"',
    ),
    "discipline of no group": (
        "catalogue/disciplines.yaml",
        "    group: medical",
        "    group: wizards",
        'there is no group called "wizards"',
    ),
    "id with capitals": (
        "catalogue/factors.yaml",
        "- id: exercise",
        "- id: Exercise",
        '"Exercise" after "id:" has to be of small letters',
    ),
    "id twice": (
        "catalogue/factors.yaml",
        "- id: nutrition",
        "- id: exercise",
        "stands in the list twice: take one out, or rename it",
    ),
}
