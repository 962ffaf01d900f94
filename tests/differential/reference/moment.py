"""did-plc.md, "Timestamps": instants, exactly."""

import datetime
import re
from fractions import Fraction

FORM = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))"
)
EPOCH = datetime.date(1970, 1, 1).toordinal()


def instant(text):
    """Seconds since 1970, or None where the text has another form."""
    found = FORM.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    fraction, sign, hours, minutes = found.groups()[6:]
    if year < 10 or hour > 23 or minute > 59 or second > 59:
        return None
    try:
        days = datetime.date(year, month, day).toordinal() - EPOCH
    except ValueError:
        return None
    offset = 0
    if sign:
        if int(hours) > 23 or int(minutes) > 59 or sign + hours + minutes == "-0000":
            return None
        offset = (int(hours) * 3600 + int(minutes) * 60) * (1 if sign == "+" else -1)
    whole = days * 86400 + hour * 3600 + minute * 60 + second - offset
    return whole + (Fraction(int(fraction), 10 ** len(fraction)) if fraction else 0)
