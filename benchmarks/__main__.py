"""`make bench`: run every measurement and print a table each."""

from benchmarks import annotate, cold

if __name__ == "__main__":
    cold.main()
    annotate.main()
