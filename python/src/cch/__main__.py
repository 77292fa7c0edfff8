# SPDX-License-Identifier: MIT
"""``python -m cch`` and the console script ``cch``: the program itself."""
import os
import sys

from ._tool import CchError, environment, tool


def main() -> None:
    """Becomes the program, so that signals and the exit status are its own."""
    try:
        program = tool()
        os.execve(program, ["cch", *sys.argv[1:]], environment())
    except (CchError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
