"""Spreadsheets <-> rulebooks."""
