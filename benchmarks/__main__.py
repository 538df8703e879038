"""`make bench`: run the measurements and print a table each.

Apart are `benchmarks.scale` and `benchmarks.annotate 120000 1000000`: half an hour each.
"""

from benchmarks import (
    annotate,
    api,
    check,
    check_quality,
    cold,
    editing,
    exports,
    pinyin,
    queries,
    readings,
    recognition,
    tbx,
)

if __name__ == "__main__":
    cold.main()
    editing.main()
    annotate.run()
    queries.main()
    recognition.main()
    readings.main()
    check_quality.main()
    check.main()
    pinyin.main()
    exports.main()
    tbx.main()
    api.main()
