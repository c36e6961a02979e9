"""The reader: one small encoder that reads a question and a passage together."""
