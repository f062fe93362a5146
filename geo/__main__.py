"""`python -m geo` is the command `presence`."""

from geo.cli.main import run

if __name__ == "__main__":
    run()
