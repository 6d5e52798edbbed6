"""The five stories as data, told through the same actions that people use."""
