"""Asking the law: what can be asked, as typed questions, and the answers as plain values.

The command line, the REST interface and the pages ask the same way, so that they cannot give different numbers.
"""
