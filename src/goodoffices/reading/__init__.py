"""From documents to a draft case, with every claim tied to its sentence."""
