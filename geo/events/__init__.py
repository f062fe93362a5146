"""Files of events become counts: formats as data, points assigned to units, partial counts that add up in any order."""
