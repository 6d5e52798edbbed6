"""What every page is made of: the shell, components, formats, charts. No models, no programme."""
