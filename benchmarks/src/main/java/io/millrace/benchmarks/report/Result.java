package io.millrace.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a measurement found, built step by step. Immutable: every step returns another one. Its JSON is what
 * {@link ReportCommand} reads; every number at its top level is a figure that is compared with the run before.
 */
public final class Result {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> RESERVED = Set.of("kind", "title", "summary", "charts", "tables", "environment");

    private final String kind;
    private final String title;
    private final List<String> summary;
    private final Map<String, Object> values;
    private final List<Chart> charts;
    private final List<Table> tables;
    private final Map<String, Object> environment;

    private Result(
            final String kind,
            final String title,
            final List<String> summary,
            final Map<String, Object> values,
            final List<Chart> charts,
            final List<Table> tables,
            final Map<String, Object> environment) {
        this.kind = kind;
        this.title = title;
        this.summary = summary;
        this.values = values;
        this.charts = charts;
        this.tables = tables;
        this.environment = environment;
    }

    /**
     * An empty result.
     *
     * @param kind the kind of measurement, for example {@code compare}; decides the place in the report
     * @param title what stands above it
     * @return the result
     */
    public static Result of(final String kind, final String title) {
        return new Result(kind, title, List.of(), Map.of(), List.of(), List.of(), Map.of());
    }

    /**
     * Adds a sentence with the figures in it.
     *
     * @param sentence plain text
     * @return another result
     */
    public Result summary(final String sentence) {
        return new Result(kind, title, plus(summary, sentence), values, charts, tables, environment);
    }

    /**
     * Adds a figure. One that is not finite is written as null.
     *
     * @param name its name; {@code ratio_} in front makes it a key figure
     * @param value its value
     * @return another result
     */
    public Result figure(final String name, final double value) {
        return with(name, Double.isFinite(value) ? value : null);
    }

    /**
     * Adds a text, for example {@code durability}.
     *
     * @param name its name
     * @param value the text
     * @return another result
     */
    public Result text(final String name, final String value) {
        return with(name, value);
    }

    /**
     * Adds nested values, for example those of all rounds. They are kept, not shown.
     *
     * @param name their name
     * @param value anything that Jackson can write
     * @return another result
     */
    public Result detail(final String name, final Object value) {
        return with(name, value);
    }

    /**
     * Adds a chart.
     *
     * @param chart the chart
     * @return another result
     */
    public Result chart(final Chart chart) {
        return new Result(kind, title, summary, values, plus(charts, chart), tables, environment);
    }

    /**
     * Adds a table.
     *
     * @param table the table
     * @return another result
     */
    public Result table(final Table table) {
        return new Result(kind, title, summary, values, charts, plus(tables, table), environment);
    }

    /**
     * Says what it was measured on, in place of what was said before.
     *
     * @param described for example cpu, cores, jdk and commit
     * @return another result
     */
    public Result environment(final Map<String, Object> described) {
        final Map<String, Object> copy = Collections.unmodifiableMap(new LinkedHashMap<>(described));
        return new Result(kind, title, summary, values, charts, tables, copy);
    }

    /**
     * The result as it is written, in its order.
     *
     * @return an unmodifiable map
     */
    public Map<String, Object> toMap() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", kind);
        map.put("title", title);
        map.put("summary", summary);
        map.putAll(values);
        map.put("charts", charts);
        map.put("tables", tables);
        map.put("environment", environment);
        return Collections.unmodifiableMap(map);
    }

    /**
     * Writes it as a file that people can read, and makes the folders in front of it.
     *
     * @param file the file
     * @throws IOException when it cannot be written
     */
    public void write(final Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(toMap()) + "\n");
    }

    /**
     * The same on one line, for standard output.
     *
     * @return JSON without a line break
     * @throws JsonProcessingException when a detail is something that Jackson cannot write
     */
    public String toJsonLine() throws JsonProcessingException {
        return JSON.writeValueAsString(toMap());
    }

    private Result with(final String name, final Object value) {
        if (RESERVED.contains(name)) {
            throw new IllegalArgumentException("needs a name that is not one of " + RESERVED + ": name=" + name);
        }
        final Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Result(kind, title, summary, Collections.unmodifiableMap(more), charts, tables, environment);
    }

    private static <T> List<T> plus(final List<T> list, final T one) {
        final List<T> more = new ArrayList<>(list);
        more.add(one);
        return Collections.unmodifiableList(more);
    }
}
