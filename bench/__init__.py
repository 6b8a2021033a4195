"""Measures the product against the tools people would otherwise use. Never run by the tests."""
