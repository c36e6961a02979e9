"""Vietnamese training questions of the product's own kind, made from templates of reports.

All names in them are invented; provinces and districts are real or invented, communes invented.
`rows` gives training rows; `lookalikes` groups of whole articles for measuring. The held-out
templates (`Template.held_out`) never come in training rows.
"""

from rag.reader.made.lookalike import Article, Asking, Group, Part, lookalikes
from rag.reader.made.rows import Row, rows
from rag.reader.made.template import Template, templates

__all__ = [
    "Article",
    "Asking",
    "Group",
    "Part",
    "Row",
    "Template",
    "lookalikes",
    "rows",
    "templates",
]
