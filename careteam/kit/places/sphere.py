"""Distances on the earth taken as a sphere, and boxes that hold a circle on it."""

import math
from dataclasses import dataclass
from typing import Protocol

# Mean radius of the earth, (2a + b) / 3 of the GRS 80 ellipsoid (IUGG). The error of the
# sphere against the ellipsoid is at most about 0.5 per cent.
EARTH_RADIUS_KM = 6371.0088


class Point(Protocol):
    """Anything with coordinates in degrees."""

    @property
    def latitude(self) -> float: ...

    @property
    def longitude(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Box:
    """A box in degrees. Across the date line `west` is greater than `east`."""

    south: float
    north: float
    west: float
    east: float

    @property
    def longitudes(self) -> tuple[tuple[float, float], ...]:
        """Return the one or two ranges (from, to) with from <= to, for use in a query."""
        if self.west <= self.east:
            return ((self.west, self.east),)
        return ((self.west, 180.0), (-180.0, self.east))

    def holds(self, point: Point) -> bool:
        """Return whether the point lies in the box, edges included."""
        return self.south <= point.latitude <= self.north and any(
            low <= point.longitude <= high for low, high in self.longitudes
        )


def distance_km(a: Point, b: Point) -> float:
    """Return the great-circle distance in kilometres, by the haversine formula."""
    north_a, north_b = math.radians(a.latitude), math.radians(b.latitude)
    across = math.radians(b.longitude - a.longitude)
    half = (
        math.sin((north_b - north_a) / 2) ** 2
        + math.cos(north_a) * math.cos(north_b) * math.sin(across / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))


def bounding_box(centre: Point, radius_km: float) -> Box:
    """Return the smallest box in degrees that holds every point within `radius_km`.

    The box is wider than radius / cos(latitude), because the circle is widest nearer the pole
    than its centre: the half width is asin(sin(angle) / cos(latitude)). A circle that reaches
    a pole takes every longitude. Raises ValueError for a negative radius.
    """
    if not radius_km >= 0:
        raise ValueError("A radius cannot be negative")
    angle = min(radius_km / EARTH_RADIUS_KM, math.pi)
    spread = math.degrees(angle)
    south, north = centre.latitude - spread, centre.latitude + spread
    if south <= -90 or north >= 90:
        return Box(max(south, -90.0), min(north, 90.0), -180.0, 180.0)
    width = math.degrees(
        math.asin(min(1.0, math.sin(angle) / math.cos(math.radians(centre.latitude))))
    )
    return Box(south, north, _wrap(centre.longitude - width), _wrap(centre.longitude + width))


def _wrap(longitude: float) -> float:
    """Return the same meridian between -180 and 180."""
    if longitude < -180:
        return longitude + 360
    return longitude - 360 if longitude > 180 else longitude
