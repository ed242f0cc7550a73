"""The picture as arrays and as SVG: complete, without figures of others, safe to open."""

import json
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careteam.domain.network.graph import Recall, TieRow, build_graph
from careteam.domain.network.picture import MOST_GROUPS, Person, build_picture
from careteam.domain.network.svg import render_svg
from careteam.domain.network.ties import seen_by

ADA = Person("a1", "Ada Example", "massage_therapist", "Massage therapist", "Northgate", True)
BO = Person("b2", "Bo Sample", "dietitian", "Dietitian", "Millbrook", False)
CY = Person("c3", "Cy Specimen", "dietitian", "Dietitian")
DEE = Person(
    "d4", "Dee Instance", "general_practitioner", "General practitioner / family doctor", None
)
ROWS = [
    TieRow("a1", "b2", 4, 2),
    TieRow("c3", "b2", 12, 2),
    TieRow("d4", "b2", 3, 2),
    TieRow("a1", "d4", recalled_by_sender=Recall.THREE_TO_FIVE),
]
PEOPLE = [ADA, BO, CY, DEE]


def picture(people=PEOPLE, rows=ROWS, viewer="a1", **keywords):
    return build_picture(people, seen_by(build_graph(rows), viewer), viewer=viewer, **keywords)


def parsed(drawing):
    return ElementTree.fromstring(drawing)  # noqa: S314 the drawing is our own


def test_picture_names_everybody_once():
    drawn = picture()
    nodes = drawn["nodes"]
    assert nodes["id"] == ["a1", "b2", "c3", "d4"]
    assert nodes["name"] == ["Ada Example", "Bo Sample", "Cy Specimen", "Dee Instance"]
    assert nodes["accepting"] == [1, 0, -1, -1]
    assert nodes["is_me"] == [1, 0, 0, 0]
    assert nodes["place"] == [1, 0, -1, -1]
    assert drawn["me"] == 0
    assert drawn["labels"]["places"] == ["Millbrook", "Northgate"]
    assert {len(column) for column in nodes.values()} == {4}


def test_picture_draws_own_banded_and_remembered_ties():
    edges = picture()["edges"]
    assert list(zip(edges["from"], edges["to"], edges["weight"], edges["kind"], strict=True)) == [
        (0, 1, 4, 0),
        (0, 3, 3, 2),
        (2, 1, 10, 1),
    ]


def test_importance_is_the_root_of_what_the_viewer_may_see():
    assert picture()["nodes"]["importance"] == [0.0, 1.0, 0.0, 0.4629]


def test_islands_are_disciplines_with_short_names():
    groups = picture()["groups"]
    assert groups["id"] == ["dietitian", "general_practitioner", "massage_therapist"]
    assert groups["label"] == ["Dietitian", "General practitioner", "Massage therapist"]
    assert groups["count"] == [2, 1, 1]
    assert len(set(groups["colour"])) == 3


def test_discipline_has_one_colour_however_people_are_grouped_and_whoever_is_there():
    kept = {"general_practitioner": 0, "dietitian": 1, "massage_therapist": 14}
    whole = picture(colours=kept)
    assert whole["groups"]["colour"] == [1, 0, 2]
    for other in (
        picture([ADA, BO], colours=kept),
        picture(by="place", colours=kept),
        picture(by="groups", found={"a1": 0, "b2": 0, "c3": 1}, colours=kept),
        picture(by="ties", places={"a1": (0.0, 0.0), "b2": (9.0, 0.0)}, colours=kept),
    ):
        labels = dict(zip(other["labels"]["disciplines"], other["labels"]["colours"], strict=True))
        assert (labels["Dietitian"], labels["Massage therapist"]) == (1, 2)
    assert set(picture(by="place", colours=kept)["groups"]["colour"]) == {-1}


def test_drawing_of_nobody_says_so():
    drawn = parsed(render_svg(picture(shown=set())))
    assert [each.text for each in drawn.iter() if each.tag.endswith("}text")] == [
        "Nobody fits these filters."
    ]


def test_drawing_has_a_key_of_colours_where_no_island_names_a_discipline():
    kept = {"general_practitioner": 0, "dietitian": 1, "massage_therapist": 12}
    texts = [each.text for each in parsed(render_svg(picture(by="place", colours=kept))).iter()]
    assert "General practitioner, Massage therapist" in texts
    assert "Dietitian" in texts
    drawn = render_svg(picture(colours=kept))
    assert "General practitioner, Massage therapist" not in drawn


def test_names_stay_long_where_short_ones_would_be_equal():
    people = [
        Person("a", "Ada Example", "one", "Therapist (hand)"),
        Person("b", "Bo Sample", "two", "Therapist (foot)"),
    ]
    labels = picture(people, [], None)["groups"]["label"]
    assert labels == ["Therapist (hand)", "Therapist (foot)"]


def test_lone_adjective_is_no_name_of_an_island():
    people = [Person("a", "Ada Example", "one", "Orthopaedic / trauma surgeon")]
    assert picture(people, [], None)["groups"]["label"] == ["Orthopaedic / trauma surgeon"]


def test_own_island_can_stand_in_the_middle():
    groups = picture(centre="a1")["groups"]
    assert groups["id"][0] == "massage_therapist"
    assert (groups["x"][0], groups["y"][0]) == (0.0, 0.0)


def test_islands_can_be_places():
    groups = picture(by="place")["groups"]
    assert groups["label"] == ["Place not known", "Millbrook", "Northgate"]


def test_too_many_islands_are_drawn_as_others():
    people = [
        Person(f"p{n:03d}", "Ada Example", "gp", "Doctor", f"Town {n:03d}") for n in range(200)
    ]
    groups = picture(people, [], None, by="place")["groups"]
    assert len(groups["id"]) == MOST_GROUPS
    assert groups["label"][0] == "Others"
    assert groups["count"][0] == 200 - MOST_GROUPS + 1


def test_filter_leaves_people_where_they_are():
    whole, part = picture(), picture(shown={"a1", "b2"})
    assert part["nodes"]["id"] == ["a1", "b2"]
    assert part["nodes"]["x"] == whole["nodes"]["x"][:2]
    assert part["nodes"]["y"] == whole["nodes"]["y"][:2]
    assert part["groups"] == whole["groups"]
    assert part["edges"]["from"] == [0]
    assert part["left_out"] == {"ties": 2}


def test_somebody_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        picture([ADA, ADA])


def test_empty_community_gives_an_empty_picture_and_a_drawing():
    drawn = picture([], [], None)
    assert drawn["nodes"]["id"] == []
    assert drawn["me"] is None
    assert parsed(render_svg(drawn)).tag == "{http://www.w3.org/2000/svg}svg"


@given(st.permutations(PEOPLE), st.permutations(ROWS))
def test_order_changes_nothing(people, rows):
    assert json.dumps(picture(people, rows)) == json.dumps(picture())


def test_drawing_holds_everybody_and_every_tie():
    root = parsed(render_svg(picture()))
    space = {"s": "http://www.w3.org/2000/svg"}
    titles = [title.text for title in root.findall(".//s:circle/s:title", space)]
    assert titles == [
        "Ada Example, Massage therapist",
        "Bo Sample, Dietitian",
        "Cy Specimen, Dietitian",
        "Dee Instance, General practitioner / family doctor",
    ]
    assert len(root.findall(".//s:g[@class='ties']/s:path", space)) == 3
    assert len(root.findall(".//s:g[@class='ends']/s:path", space)) == 3
    assert len(root.findall(".//s:circle[@class='me']", space)) == 1


def test_ties_from_memory_are_dots_that_can_be_seen():
    drawn = picture()
    drawn["edges"]["kind"] = [2, 0, 0]
    dotted = [line for line in render_svg(drawn).splitlines() if "stroke-dasharray" in line]
    assert len(dotted) == 1
    assert 'stroke-opacity="0.9"' in dotted[0]
    assert 'stroke-width="1.60"' in dotted[0]


def test_name_of_a_group_stands_below_where_above_is_taken():
    drawn = picture()
    drawn["groups"]["x"] = [0.0] * len(drawn["groups"]["id"])
    drawn["groups"]["y"] = [0.0] * len(drawn["groups"]["id"])
    drawn["groups"]["r"] = [44.0] * len(drawn["groups"]["id"])
    root = parsed(render_svg(drawn))
    space = {"s": "http://www.w3.org/2000/svg"}
    lines = root.findall(".//s:g[@class='groups']/s:text", space)
    assert float(lines[0].get("y", "0")) < 0 < float(lines[1].get("y", "0"))


def test_names_of_groups_side_by_side_do_not_cover_each_other():
    drawn = picture()
    groups = drawn["groups"]
    count = len(groups["id"])
    groups["label"] = ["Orthopaedic surgeon", "Hypnotherapist", "Chiropractor"][:count]
    groups["x"] = [60.0 * number for number in range(count)]
    groups["y"], groups["r"] = [300.0] * count, [44.0] * count
    drawn["box"] = [0.0, 0.0, 100.0 * count, 400.0]
    space = {"s": "http://www.w3.org/2000/svg"}
    lines = parsed(render_svg(drawn)).findall(".//s:g[@class='groups']/s:text", space)
    boxes = [
        (line.get("y"), float(line.get("x", "0")), len(line.text or "") * 16 * 0.62 / 2)
        for line in lines
    ]
    assert len(boxes) == count == 3
    for at, (base, middle, half) in enumerate(boxes):
        for other_base, other_middle, other_half in boxes[at + 1 :]:
            assert base != other_base or abs(middle - other_middle) > half + other_half


def test_drawing_is_allowed_by_a_strict_content_policy():
    drawing = render_svg(picture())
    assert " style=" not in drawing
    assert "<style" not in drawing
    assert "<script" not in drawing
    assert "href" not in drawing
    assert drawing.count("://") == 1  # the name of the SVG namespace


@given(st.text(max_size=30))
def test_any_name_gives_a_well_formed_drawing(name):
    people = [Person("a1", name, "d", 'Dietitian <&> "quoted"'), BO]
    root = parsed(render_svg(picture(people), title=name))
    assert root.find("{http://www.w3.org/2000/svg}title") is not None


def test_markup_in_a_name_stays_text():
    people = [Person("a1", "<script>alert(1)</script>", "d", "Dietitian")]
    assert "<script" not in render_svg(picture(people))
