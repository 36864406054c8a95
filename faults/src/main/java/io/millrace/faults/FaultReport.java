package io.millrace.faults;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all layers came to, as a table for people and as JSON for programs. Several runs, of other commits, machines and
 * JDKs, can be put together; each layer keeps the commit that it was run on.
 */
final class FaultReport {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String RUNS = "runs";

    private final List<HarnessRun> runs = new ArrayList<>();

    /** With a run that has no results yet. */
    static FaultReport of(final Map<String, String> environment) {
        final FaultReport report = new FaultReport();
        report.runIn(environment);
        return report;
    }

    /** Puts together what other reports wrote as JSON. */
    static FaultReport merged(final List<Path> files) throws IOException {
        final FaultReport report = new FaultReport();
        for (final Path file : files) {
            report.addFrom(JSON.readTree(file.toFile()), file);
        }
        return report;
    }

    /** Adds to the run begun last. */
    void add(final LayerResult result) {
        runs.get(runs.size() - 1).results().add(result);
    }

    private void addFrom(final JsonNode read, final Path file) throws IOException {
        // A report of one run may have no list of runs, but stand by itself.
        final List<JsonNode> parts = new ArrayList<>();
        if (read.has(RUNS)) {
            read.get(RUNS).forEach(parts::add);
        } else {
            parts.add(read);
        }
        for (final JsonNode run : parts) {
            if (!run.has("environment") || !run.has("results")) {
                throw new IOException("file must be the JSON of a report: " + file);
            }
            final List<LayerResult> results = JSON.convertValue(run.get("results"), new TypeReference<>() {});
            runIn(JSON.convertValue(run.get("environment"), new TypeReference<>() {}))
                    .results()
                    .addAll(results);
        }
    }

    /** The run of that environment; layers that were run one by one make one run. */
    private HarnessRun runIn(final Map<String, String> environment) {
        for (final HarnessRun run : runs) {
            if (run.environment().equals(environment)) {
                return run;
            }
        }
        final HarnessRun run = new HarnessRun(new LinkedHashMap<>(environment), new ArrayList<>());
        runs.add(run);
        return run;
    }

    /** Whether nothing was found in any layer. */
    boolean isGood() {
        return runs.stream().flatMap(run -> run.results().stream()).allMatch(LayerResult::isGood);
    }

    String markdown() {
        return new MarkdownReport(runs).text();
    }

    String json() throws IOException {
        return JSON.writeValueAsString(tree());
    }

    String jsonLine() throws IOException {
        return JSON.valueToTree(tree()).toString();
    }

    private Map<String, Object> tree() {
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("good", isGood());
        all.put(RUNS, runs);
        return all;
    }

    /** Writes both beside each other. */
    void write(final Path markdownFile) throws IOException {
        final Path file = markdownFile.toAbsolutePath();
        Files.createDirectories(file.getParent());
        Files.writeString(file, markdown());
        final String name = file.getFileName().toString().replaceAll("\\.md$", "") + ".json";
        Files.writeString(file.resolveSibling(name), json() + "\n");
    }
}
