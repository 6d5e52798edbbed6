"""`python -m naung` is the `naung` command."""

from naung.config.cli import main

if __name__ == "__main__":
    main()
