"""What a user may put right in an article's details."""

import re

from index.errors import InputError
from index.language.places import province
from index.language.text import nfc, one_line
from index.metadata import moment
from index.store.details import DETAILS


def corrected_value(field: str, value: str | None) -> str | None:
    """A corrected field as it is kept: dates as ISO, provinces by their own name, "" as None.

    Raises:
        InputError: the field cannot be corrected, or the value does not fit it.
    """
    fields = tuple(name for name in DETAILS if name != "inferred")
    if field not in fields:
        raise InputError(
            "{field!r} is no field; these can be corrected: {fields}",
            field=field,
            fields=", ".join(fields),
        )
    value = one_line(nfc(value or "")) or None
    if value is None:
        return None
    if field == "published":
        day, _ = moment(value)
        if day is None:
            raise InputError("{value!r} is no date; write YYYY-MM-DD or DD/MM/YYYY", value=value)
        return day.isoformat()
    if field == "time" and not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value):
        raise InputError("{value!r} is no time; write HH:MM", value=value)
    if field == "place":
        found = province(value)
        if found is None:
            raise InputError(
                "{value!r} is no province; write its name, as in: Bắc Kạn", value=value
            )
        return found
    return value
