"""Correction notices (đính chính, cải chính): recognised, read, and put with what they correct."""
