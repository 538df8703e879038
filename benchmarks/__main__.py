"""`make bench`: run the measurements and print a table each. `python -m benchmarks.scale` takes longer: half an hour."""

from benchmarks import annotate, cold, queries

if __name__ == "__main__":
    cold.main()
    annotate.main()
    queries.main()
