"""Forty people of an address book, each line as somebody once wrote it down. Nobody is real."""

from __future__ import annotations

import re

CONTACTS = """
Ida Fernley, physio, 01632 960 201, Leeds
Bo Wetherby, physio, 01632 960 202, Leeds
Cleo Marsh, physio, cleo@example.org, Bradford
Dov Larkspur, osteopath, 01632 960 204
Esme Thistle, osteopath, Leeds
Fitz Amberley, chiropractor, 01632 960 206, Wakefield
Dr Gwen Hollow; GP; 01632 960 207; Leeds
Dr Hal Moorside; GP; 01632 960 208; Otley
Dr Inga Reed; GP; Leeds
Jory Pike; podiatrist; 01632 960 210; Leeds
Kit Barrow; podiatrist; kit@example.org
Lark Penrose (dietitian) 01632 960 212
Milo Sedge (dietitian) 01632 960 213
Nia Copper (nutritionist) nia@example.org
Oz Tarn (nutritionist)
Posy Vale - counsellor - 01632 960 216
Quin Ashdown - counsellor - 01632 960 217
Rafe Dunlin - counsellor
Sorrel Kestrel - psychologist - 01632 960 219
Tove Linden - psychologist
Una Merrow | psychotherapist | 01632 960 221 | Leeds
Vic Osprey | psychotherapist | Ilkley
Wilf Garnet | acupuncturist | 01632 960 223
Xenia Plover | acupuncturist
Yann Birch, massage therapist, 01632 960 225, Leeds
Zelda Rook, massage therapist, Harrogate
Abe Fallow, personal trainer, 01632 960 227
Bea Heron, personal trainer
Cy Wold, yoga teacher, 01632 960 229
Dot Pebble, yoga teacher
Ezra Stone, pilates teacher, 01632 960 231
Fay Quarry, midwife, 01632 960 232, Leeds
Gus Teal, midwife
Hope Lindale, occupational therapist, 01632 960 234
Ivo Crane, running coach, 01632 960 235
Jem Fenwick, orthopaedic surgeon, 01632 960 236, Leeds
Kay Ridley, gynaecologist, 01632 960 237
Lev Tansy, reflexologist
Mab Ormond, hypnotherapist, 01632 960 239
Ned Swale, pharmacist, 01632 960 240
""".strip().splitlines()

UNKNOWN = "Lev Tansy"
"""Whose discipline the catalogue does not have."""

NAMES = tuple(re.match(r"(Dr )?\w+ \w+", line)[0] for line in CONTACTS)  # type: ignore[index]
