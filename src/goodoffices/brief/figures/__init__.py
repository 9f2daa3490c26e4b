"""Drawings: results to elements of SVG, without markup of their own."""
