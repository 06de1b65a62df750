#!/usr/bin/env python3
"""Compares Tests/OpeningHoursTests/values.tsv with another evaluator of the same syntax.

    pip install opening-hours-py==2.1.4
    data/check_opening_hours.py [TABLE]

A row on which the two differ says in its last column who is right and why; any other difference is printed, and the
exit status is then 1.
"""

import datetime
import pathlib
import sys
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError

TABLE = pathlib.Path(__file__).resolve().parent.parent / "Tests/OpeningHoursTests/values.tsv"


def answer(value, zone, country, instant):
    """`open`, `closed`, `unknown`, or `refused` for a value that is not understood."""
    known = None if country in ("", "XX") else country
    try:
        hours = OpeningHours(value, timezone=ZoneInfo(zone), country=known, auto_country=False, auto_timezone=False)
    except ParserError:
        return "refused"
    local = datetime.datetime.fromisoformat(instant).astimezone(ZoneInfo(zone))
    return str(hours.state(local)[0]).rsplit(".", maxsplit=1)[-1].lower()


def main():
    differences = 0
    lines = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else TABLE).read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        value, zone, country, instant, expected, *note = line.split("\t")
        said = answer(value, zone, country, instant)
        if (said == expected) == bool(note and note[0]):
            print(f"{value}\t{zone}\t{country}\t{instant}\t{expected}\there, {said} there")
            differences += 1
    print(f"{len(lines) - 1} rows, {differences} differences without a reason, or reasons without a difference")
    sys.exit(differences > 0)


main()
