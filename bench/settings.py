"""The product's settings, and one bare view beside its pages to hold them against."""

from naung.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
