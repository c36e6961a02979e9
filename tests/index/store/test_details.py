from dataclasses import fields, replace

from index.types import Details


def test_details_have_no_field_without_a_column() -> None:
    from index.store.details import DETAILS

    assert tuple(field.name for field in fields(Details) if field.compare) == DETAILS
    assert replace(Details(), title="x").title == "x"
