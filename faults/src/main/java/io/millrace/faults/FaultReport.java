package io.millrace.faults;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all layers came to, as a table for people and as JSON for programs; several runs can be put together. */
final class FaultReport {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final List<LayerResult> results = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();

    FaultReport(final Map<String, String> environment) {
        this.environment.putAll(environment);
    }

    void add(final LayerResult result) {
        results.add(result);
    }

    /** Adds the results that another report wrote. */
    void addFrom(final Path json) throws IOException {
        final Map<String, Object> read = JSON.readValue(json.toFile(), new TypeReference<>() {});
        final List<LayerResult> added = JSON.convertValue(read.get("results"), new TypeReference<>() {});
        results.addAll(added);
        if (environment.isEmpty()) {
            environment.putAll(JSON.convertValue(read.get("environment"), new TypeReference<>() {}));
        }
    }

    boolean isGood() {
        return results.stream().allMatch(LayerResult::isGood);
    }

    String json() throws IOException {
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("environment", environment);
        all.put("good", isGood());
        all.put("results", results);
        return JSON.writeValueAsString(all);
    }

    String jsonLine() throws IOException {
        return JSON.readTree(json()).toString();
    }

    /** Writes both beside each other. */
    void write(final Path markdownFile) throws IOException {
        if (markdownFile.toAbsolutePath().getParent() != null) {
            Files.createDirectories(markdownFile.toAbsolutePath().getParent());
        }
        Files.writeString(markdownFile, markdown());
        final String name = markdownFile.getFileName().toString().replaceAll("\\.md$", "") + ".json";
        Files.writeString(markdownFile.resolveSibling(name), json() + "\n");
    }

    String markdown() {
        final StringBuilder out = new StringBuilder("# Reliability\n\n");
        out.append(
                "What the fault harness did to the engine, and what came of it. *Caught*: all that was acknowledged was"
                        + " there, once, in order, and the rest whole or absent, or damage was refused by a typed error where"
                        + " refusing is right. *Refused*: refused where it should have recovered.\n\n");
        environment.forEach((name, value) ->
                out.append("* ").append(name).append(": ").append(value).append('\n'));
        out.append("\n| layer | commit | JDK | seed | runs | caught | refused | lost | silent | hung | seconds |\n"
                + "|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (final LayerResult result : results) {
            final long[] total = result.total();
            out.append("| ")
                    .append(result.layer())
                    .append(" | ")
                    .append(jdk(result))
                    .append(" | ");
            out.append(result.seed())
                    .append(" | ")
                    .append(numbers(total, LayerResult.HUNG))
                    .append(" | ");
            out.append(String.format("%,d", result.seconds())).append(" |\n");
        }
        results.forEach(result -> detail(out, result));
        return out.toString();
    }

    private static String jdk(final LayerResult result) {
        return result.jdk().replaceAll("[+.].*", "");
    }

    private static String numbers(final long[] counts, final int upTo) {
        final StringBuilder out = new StringBuilder();
        for (int i = 0; i <= upTo; i++) {
            out.append(i == 0 ? "" : " | ").append(String.format("%,d", counts[i]));
        }
        return out.toString();
    }

    private static void detail(final StringBuilder out, final LayerResult result) {
        out.append("\n## ")
                .append(result.layer())
                .append(", JDK ")
                .append(jdk(result))
                .append("\n\n");
        out.append("| fault | runs | caught | refused | lost | silent | hung | did not come to pass | |\n"
                + "|---|---|---|---|---|---|---|---|---|\n");
        result.faults()
                .forEach((name, counts) -> out.append("| ")
                        .append(name)
                        .append(" | ")
                        .append(numbers(counts, LayerResult.MISSED))
                        .append(" | ")
                        .append(result.remarks().getOrDefault(name, "").replace('|', '/'))
                        .append(" |\n"));
        result.skipped()
                .forEach((name, reason) -> out.append("\nSkipped: ")
                        .append(name)
                        .append(": ")
                        .append(reason)
                        .append('\n'));
        if (!result.found().isEmpty()) {
            out.append("\nFound:\n\n```\n");
            result.found().forEach(line -> out.append(line).append('\n'));
            out.append("```\n");
        }
    }
}
