"""presence-maps: one YAML table of claims in; honest, safe maps out."""

__version__ = "0.1.0"
