"""Kinds of image files, one module a format."""
