"""The same law and checks over columns: Polars, no Django, no row-by-row Python."""
