"""A publication: a folder that a web server, a mail or an archive takes as it is."""
