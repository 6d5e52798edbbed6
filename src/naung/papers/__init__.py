"""The official papers: templates, issuing, numbers, and the public page that confirms a paper."""
