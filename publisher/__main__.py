"""``python -m publisher`` is the command line."""

from publisher.cli.main import entry

if __name__ == "__main__":
    entry()
