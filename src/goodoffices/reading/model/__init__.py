"""Reading with a language model that the user names: never by default, and never trusted blindly.

What the model says is only taken where the document bears it out: quotes, speakers, conditions
and numbers must stand in the text. What comes out has the same form as what the rules find.
"""

from __future__ import annotations

from goodoffices.reading.model.endpoint import Endpoint, EndpointError
from goodoffices.reading.model.engine import read_by_model

__all__ = ["Endpoint", "EndpointError", "read_by_model"]
