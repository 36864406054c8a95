package io.millrace.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our files from before there was a kind: figures at the top, and what else can be laid out as tables and charts. */
final class OlderResult {
    private OlderResult() {}

    static ResultFile read(final String file, final JsonNode root) throws BadResultException {
        final List<Chart> charts = new ArrayList<>();
        final List<Table> tables = new ArrayList<>();
        RoundsOfSeries.find(root, charts, tables);
        PercentileGroups.find(root, charts, tables);
        NestedRows.find(root, tables);
        return new ResultFile(
                file,
                "",
                root.path("title").asText(file.replaceFirst("\\.json$", "")),
                List.of(),
                KindResult.figures(root),
                KindResult.texts(root),
                charts,
                tables,
                environment(root));
    }

    /** That at the top, or else the first one further down. */
    private static Map<String, Object> environment(final JsonNode root) throws BadResultException {
        final Map<String, Object> environment = KindResult.environment(root);
        final JsonNode nested = root.findValue("environment");
        if (!environment.isEmpty() || nested == null || !nested.isObject()) {
            return environment;
        }
        final Map<String, Object> described = new LinkedHashMap<>();
        nested.properties()
                .forEach(field -> described.put(field.getKey(), field.getValue().asText()));
        return described;
    }
}
