"""`make bench`: run the measurements and print a table each (`python -m benchmarks.scale` is apart: half an hour)."""

from benchmarks import annotate, api, check, check_quality, cold, exports, pinyin, queries, readings, recognition, tbx

if __name__ == "__main__":
    cold.main()
    annotate.main()
    queries.main()
    recognition.main()
    readings.main()
    check_quality.main()
    check.main()
    pinyin.main()
    exports.main()
    tbx.main()
    api.main()
