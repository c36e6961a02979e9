"""Exact search: a query in words and operators, over every whole article, without a model."""
