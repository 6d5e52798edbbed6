"""Speed as ratios against something real in the same run. `./naung bench` runs it; results are in RESULTS.md."""
