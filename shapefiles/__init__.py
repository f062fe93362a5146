"""Province boundaries, gazetteer and neighbours, and the script that makes them; see README.md beside this file."""
