"""The preview server: shows on this machine what was just built, and reloads the page that is open."""
