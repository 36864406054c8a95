package io.millrace.benchmarks.scale;

import java.util.List;

/** What can grow, and where it is measured. */
enum Axis {
    STREAMS(
            "streams",
            "streams",
            "Streams are random. Flat up to what the caches hold; behind that each event misses them a few times: the"
                    + " state's own, the stream's head, the read model's.",
            List.of(1_000L, 10_000L, 100_000L, 1_000_000L, 10_000_000L)) {
        @Override
        List<String> arguments(final long value) {
            return List.of("--streams=" + value);
        }
    },
    PRODUCERS(
            "producers",
            "producers",
            "More threads than cores take turns; the single writer bounds the rate.",
            List.of(1L, 2L, 4L, 8L)) {
        @Override
        List<String> arguments(final long value) {
            return List.of("--producers=" + value);
        }
    },
    PAYLOAD(
            "payload",
            "payload bytes",
            "Every byte is copied into the ring, into the record and into the page cache, checked, and written by the"
                    + " disk: large payloads are bounded by memory and disk, not by the engine.",
            List.of(16L, 64L, 256L, 1024L, 4096L, 16_384L)) {
        @Override
        List<String> arguments(final long value) {
            // As many bytes at each point, as far as that goes.
            final long window = Math.max(25_000, Math.min(1_000_000, (256L << 20) / (value + 72)));
            return List.of("--payload=" + value, "--events=" + 2 * window, "--window=" + window, "--warm-up=" + window);
        }
    },
    PROJECTIONS(
            "projections",
            "projections",
            "Each reads every event on a thread of its own; beyond the cores they share, and what is measured is the"
                    + " slowest of them.",
            List.of(1L, 2L, 4L, 8L, 16L)) {
        @Override
        List<String> arguments(final long value) {
            return List.of("--projections=" + value);
        }
    };

    final String key;
    final String title;
    final String explanation;
    private final List<Long> values;

    Axis(final String key, final String title, final String explanation, final List<Long> values) {
        this.key = key;
        this.title = title;
        this.explanation = explanation;
        this.values = values;
    }

    /** All, or the ends alone. */
    List<Long> values(final boolean quick) {
        return quick ? List.of(values.get(0), values.get(values.size() - 1)) : values;
    }

    abstract List<String> arguments(long value);
}
