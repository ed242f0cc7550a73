"""Every pathway is shown whole, with its status and what its statements rest on."""

import pytest

from careteam.features.pathways.content import load_content

NAMES = sorted(load_content().pathways)


def test_the_list_names_every_pathway_and_its_status(signed_in):
    page = signed_in("rowan").get("/pathways")

    assert page.status_code == 200
    assert page.text.count("Draft for clinical review") == 17
    assert "Weight loss and healthier habits" in page.text


@pytest.mark.parametrize("name", NAMES)
def test_a_pathway_is_shown_whole(signed_in, name):
    pathway = load_content().pathways[name]
    page = signed_in("wren").get(f"/pathways/{name}")

    assert page.status_code == 200
    assert "Draft for clinical review" in page.text
    assert "gives no diagnosis and no medical advice" in page.text
    assert page.text.count('id="flag-') == len(pathway.red_flags)
    assert page.text.count('id="question-') == len(pathway.screening)
    assert page.text.count('id="source-') == len(pathway.sources)
    assert page.text.count("Because:") == len(pathway.rules)


def test_rules_are_read_as_sentences_with_red_flags_first(signed_in):
    page = signed_in("wren").get("/pathways/weight_loss").text

    assert "body weight is neither collected nor shown" in page
    assert page.index('id="red-flags"') < page.index('id="rules"')
    assert page.index("Emergency now") < page.index("Same day")


def test_stewards_may_read_pathways_too(signed_in):
    assert signed_in("sorrel").get("/pathways/fertility_ttc").status_code == 200


def test_an_unknown_pathway_is_not_found(signed_in):
    assert signed_in("wren").get("/pathways/no_such_thing").status_code == 404
    assert signed_in("wren").get("/pathways/..%2Fsecrets").status_code == 404


def test_nobody_reads_pathways_without_signing_in(visitor):
    answer = visitor.get("/pathways")

    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/pathways"
