"""The projection, and the distances that follow from it."""

from math import cos, hypot, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_support.directory import geo

# Computed with PROJ 9 (EPSG:4258 to EPSG:25832), rounded to a millimetre.
KNOWN = [
    (56.0, 9.0, 500000.0, 6206079.587),
    (55.6761, 12.5695, 724427.341, 6175807.907),
    (57.72, 10.58, 594115.315, 6398634.807),
    (55.0986, 14.7, 863518.344, 6120613.750),
    (55.47, 8.45, 465229.95, 6147232.066),
    (54.77, 11.87, 684612.573, 6072975.903),
    (57.0488, 9.9217, 555917.026, 6323195.552),
    (55.06, 8.0, 436128.074, 6101925.133),
    (55.32, 15.19, 892537.496, 6147866.717),
]


@pytest.mark.parametrize(("latitude", "longitude", "x", "y"), KNOWN)
def test_known_points_are_met_within_a_millimetre(latitude, longitude, x, y):
    assert geo.project(latitude, longitude) == pytest.approx((x, y), abs=0.001)


@given(st.floats(54.5, 57.8), st.floats(8.0, 15.2), st.floats(0.001, 0.02), st.floats(0.001, 0.02))
def test_short_distances_agree_with_the_sphere(latitude, longitude, north, east):
    a, b = geo.project(latitude, longitude), geo.project(latitude + north, longitude + east)
    on_sphere = hypot(111_320 * north, 111_320 * east * cos(radians(latitude)))
    assert geo.distance_m(a, b) == pytest.approx(on_sphere, rel=0.01)


def test_a_distance_to_an_unknown_place_is_unknown():
    assert geo.distance_m((1.0, 2.0), (None, None)) is None
    assert geo.distance_km((None, None), (1.0, 2.0)) is None


def test_kilometres_are_whole_and_halves_go_up():
    assert [geo.distance_km((0, 0), (metres, 0)) for metres in (0, 499, 500, 1499, 1500)] == [0, 0, 1, 1, 2]


def test_the_box_holds_the_circle():
    assert geo.box_around((100.0, 200.0), 2) == (-1900.0, 2100.0, -1800.0, 2200.0)


@pytest.mark.parametrize("place", [(91, 9), (56, 181), (float("nan"), 9), (56, float("inf")), (90, 9)])
def test_what_is_no_place_on_earth_is_refused(place):
    with pytest.raises(ValueError, match="No place"):
        geo.project(*place)
