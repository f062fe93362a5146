"""Recorded events: counted, doubted, drawn and written."""
