"""The product's pages and the bare view on waitress, for bench/pages.py."""

import sys

import waitress

from naung.config.wsgi import application

waitress.serve(application, listen=f"127.0.0.1:{sys.argv[1]}", threads=4, _quiet=True)
