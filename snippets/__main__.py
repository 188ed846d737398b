"""The way into the command: Ctrl-C ends it quietly at any time, also while it is still loaded."""

import signal
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return the exit code."""
    usual = signal.signal(signal.SIGINT, signal.SIG_DFL)  # no traceback of a half-loaded program
    from . import command

    signal.signal(signal.SIGINT, usual)
    return command.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
