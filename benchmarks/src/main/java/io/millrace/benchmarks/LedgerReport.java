package io.millrace.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.millrace.benchmarks.rig.Environment;
import io.millrace.benchmarks.rig.Rounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The result of {@link LedgerCompare} as a table and as JSON. */
record LedgerReport(Rounds floor, Results handWired, Results millrace) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Prints the table and, as the last line, the JSON; writes both into the folder unless it is null. */
    void print(final Settings settings, final Path directory, final int rounds, final Path folder)
            throws IOException, InterruptedException {
        final Map<String, Object> result = new LinkedHashMap<>();
        putFigures(result);
        result.put("rounds", rounds);
        result.put("settings", settings);
        result.put("durability", "JOURNALED");
        result.put("environment", Environment.describe(directory));
        final String table = table(settings, rounds);
        if (folder != null) {
            write(folder, table, result);
        }
        System.out.println(table);
        System.out.println(JSON.writeValueAsString(result));
    }

    private static void write(final Path folder, final String table, final Map<String, Object> result)
            throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("ledger-compare.json"), pretty(result) + "\n");
        Files.writeString(folder.resolve("ledger-compare.md"), table + "\n");
    }

    private static String pretty(final Map<String, Object> result) throws JsonProcessingException {
        return JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(result);
    }

    private void putFigures(final Map<String, Object> result) {
        result.put("floor_eps", floor.median());
        result.put("hand_wired_eps", handWired.live.median());
        result.put("millrace_eps", millrace.live.median());
        result.put("ratio_hand_wired", millrace.live.median() / handWired.live.median());
        result.put("ratio_floor", millrace.live.median() / floor.median());
        result.put("millrace_replay_eps", millrace.replay.median());
        result.put("hand_wired_replay_eps", handWired.replay.median());
        result.put("ratio_replay", millrace.replay.median() / handWired.replay.median());
        result.put("bytes_per_op", millrace.allocatedBytes.median());
        result.put("hand_wired_bytes_per_op", handWired.allocatedBytes.median());
        result.put("cpu_ns_per_op", millrace.processorNs.median());
        result.put("hand_wired_cpu_ns_per_op", handWired.processorNs.median());
        final Map<String, double[]> rounds = new LinkedHashMap<>();
        all().forEach(series -> rounds.put(series.name(), series.values()));
        result.put("all_rounds", rounds);
    }

    private List<Rounds> all() {
        return List.of(floor, handWired.live, millrace.live, handWired.replay, millrace.replay);
    }

    private String table(final Settings settings, final int rounds) {
        final StringBuilder table = new StringBuilder()
                .append("Ledger, one producer, ")
                .append(LedgerScenario.TRANSFER_BYTES)
                .append("-byte commands, JOURNALED, one live projection; ")
                .append(String.format("%,d", settings.commands()))
                .append(" commands a round, medians of ")
                .append(rounds)
                .append(" rounds in turns.\n\n")
                .append("| | median, M/s | min | max | ns each | to hand-wired |\n|---|---|---|---|---|---|\n");
        for (final Rounds series : all()) {
            final Rounds base = series.name().endsWith("replay") ? handWired.replay : handWired.live;
            table.append(String.format(
                    "| %s | %.2f | %.2f | %.2f | %.0f | %.2f |%n",
                    series.name(),
                    series.median() / 1e6,
                    series.min() / 1e6,
                    series.max() / 1e6,
                    1e9 / series.median(),
                    series.median() / base.median()));
        }
        return table.append(String.format(
                        "%nPer command, live: Millrace %.0f ns of processors and %.3f bytes allocated,"
                                + " hand-wired %.0f ns and %.3f bytes.%n",
                        millrace.processorNs.median(),
                        millrace.allocatedBytes.median(),
                        handWired.processorNs.median(),
                        handWired.allocatedBytes.median()))
                .toString();
    }
}
