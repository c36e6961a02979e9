"""The reader: a small encoder that reads question and passage together."""
