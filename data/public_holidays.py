#!/usr/bin/env python3
"""Writes the tables of public holidays: data/public_holidays.tsv and the Swift sources made of it.

    pip install holidays==0.109
    data/public_holidays.py

`data/public_holidays.py --list` prints the same days one by one, for a test to compare with.
"""

import datetime
import pathlib
import sys
import warnings
from collections import defaultdict

import holidays
from dateutil.easter import easter

ROOT = pathlib.Path(__file__).resolve().parent.parent
VERSION = "0.109"
YEARS = range(2020, 2036)
# Days that the package calls public and the country's own act does not, or the other way round: neither is taken for sure.
DISPUTED = {
    "FI": ("Midsummer Eve", "Christmas Eve"),
    "FO": ("Christmas Eve", "New Year's Eve"),
}
DISPUTED_DATES = {"GL": ((6, 21),)}


# Days off by custom, and for half of the day: nothing sure either way.
UNSURE_CATEGORIES = ("de_facto", "half_day")


def days_of(country, region):
    """The public holidays of a region, and those that the package only estimates."""
    cls = getattr(holidays, country)
    language = "en_US" if "en_US" in cls.supported_languages else None
    sure, estimated = set(), set()
    for day, names in cls(subdiv=region, years=YEARS, language=language).items():
        if day.year not in YEARS:
            continue
        unsure = ("estimated", *DISPUTED.get(country, ()))
        if all(any(word in name for word in unsure) for name in names.split("; ")):
            # A lunar date may fall a day earlier or later than computed.
            reach = 1 if "estimated" in names else 0
            estimated.update(day + datetime.timedelta(offset) for offset in range(-reach, reach + 1))
        else:
            sure.add(day)
    for category in set(UNSURE_CATEGORIES) & set(cls.supported_categories):
        estimated.update(cls(subdiv=region, years=YEARS, categories=category))
    return sure, estimated


def certain_and_possible(country, regions):
    """Days that are holidays in all regions, and those that may be one in some."""
    everywhere, somewhere = None, set()
    for region in [None, *regions]:
        sure, estimated = days_of(country, region)
        somewhere |= sure | estimated
        if region is not None or not regions:
            everywhere = sure if everywhere is None else everywhere & sure
    for month, day in DISPUTED_DATES.get(country, ()):
        somewhere.update(datetime.date(year, month, day) for year in YEARS)
    return everywhere, {day for day in somewhere - everywhere if day.year in YEARS}


def packed(days):
    """`1225` for a date of each year, `e+39` for one counted from Easter, `26:0619,1127` for what is left of a year."""
    rest, tokens = set(days), []
    for month, day in sorted({(d.month, d.day) for d in days if (d.month, d.day) != (2, 29)}):
        dates = {datetime.date(year, month, day) for year in YEARS}
        if dates <= days:
            tokens.append(f"{month:02}{day:02}")
            rest -= dates
    for offset in range(-60, 71):
        dates = {easter(year) + datetime.timedelta(offset) for year in YEARS}
        if dates <= days and not dates.isdisjoint(rest):
            tokens.append(f"e{offset:+}")
            rest -= dates
    years = defaultdict(list)
    for day in sorted(rest):
        years[day.year].append(f"{day.month:02}{day.day:02}")
    for year, dates in years.items():
        for start in range(0, len(dates), 16):
            tokens.append(f"{year % 100:02}:{','.join(dates[start : start + 16])}")
    return " ".join(tokens)


def write_swift(rows):
    """Files of less than 500 lines, the countries in order of their codes."""
    lines, line = [], ""
    for row in rows:
        for word in (" ".join(part for part in row) + ";").replace("  ", " ").split(" "):
            if line and len(line) + 1 + len(word) > 110:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
    lines.append(line)
    size = 480
    for number, start in enumerate(range(0, len(lines), size), 1):
        body = "\n".join("        " + line for line in lines[start : start + size])
        (ROOT / f"Sources/OpeningHours/HolidayTable+Days{number}.swift").write_text(
            f"/// Written by `data/public_holidays.py` from PyPI `holidays` {VERSION} (MIT).\n"
            f'extension HolidayTable {{\n    static let days{number} = """\n{body}\n        """\n}}\n',
            encoding="utf-8",
        )


def main():
    if holidays.__version__ != VERSION:
        sys.exit(f"holidays {VERSION} is needed, and {holidays.__version__} is here")
    warnings.simplefilter("ignore")
    countries = sorted(holidays.list_supported_countries(include_aliases=False).items())
    tables = [(country, *certain_and_possible(country, regions)) for country, regions in countries if len(country) == 2]
    if "--list" in sys.argv:
        for country, certain, possible in tables:
            for sign, days in (("+", certain), ("?", possible)):
                print(country + sign, *(day.isoformat() for day in sorted(days)))
        return
    rows = [(country, packed(certain), "?", packed(possible)) for country, certain, possible in tables]
    text = "".join(f"{country}\t{certain}\t{possible}\n" for country, certain, _, possible in rows)
    (ROOT / "data/public_holidays.tsv").write_text("country\tcertain\tpossible\n" + text, encoding="utf-8")
    write_swift(rows)


main()
