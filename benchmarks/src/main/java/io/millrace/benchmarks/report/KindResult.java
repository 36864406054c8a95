package io.millrace.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The form that {@link Result} writes. */
final class KindResult {
    private KindResult() {}

    static ResultFile read(final String file, final JsonNode root) throws BadResultException {
        final Fields fields = Fields.of("", root);
        return new ResultFile(
                file,
                fields.requiredText("kind"),
                fields.requiredText("title"),
                fields.texts("summary"),
                figures(root),
                texts(root),
                charts(fields),
                tables(fields),
                environment(root));
    }

    /** Every number at the top. */
    static Map<String, Double> figures(final JsonNode root) {
        final Map<String, Double> figures = new LinkedHashMap<>();
        root.properties().forEach(field -> {
            if (field.getValue().isNumber()) {
                figures.put(field.getKey(), field.getValue().doubleValue());
            }
        });
        return figures;
    }

    /** Every word at the top, apart from those with a place of their own. */
    static Map<String, String> texts(final JsonNode root) {
        final Map<String, String> texts = new LinkedHashMap<>();
        root.properties().forEach(field -> {
            final JsonNode value = field.getValue();
            if (!List.of("kind", "title").contains(field.getKey()) && (value.isTextual() || value.isBoolean())) {
                texts.put(field.getKey(), value.asText());
            }
        });
        return texts;
    }

    static Map<String, Object> environment(final JsonNode root) throws BadResultException {
        final JsonNode environment = root.path("environment");
        final Map<String, Object> described = new LinkedHashMap<>();
        if (!environment.isMissingNode() && !environment.isNull()) {
            Fields.of("environment", environment)
                    .node()
                    .properties()
                    .forEach(field -> described.put(field.getKey(), words(field.getValue())));
        }
        return described;
    }

    private static String words(final JsonNode value) {
        if (!value.isArray()) {
            return value.isValueNode() ? value.asText() : value.toString();
        }
        final List<String> words = new ArrayList<>();
        value.forEach(one -> words.add(words(one)));
        return String.join(" ", words);
    }

    private static List<Chart> charts(final Fields fields) throws BadResultException {
        final List<Chart> charts = new ArrayList<>();
        for (final Fields chart : fields.objects("charts")) {
            charts.add(ChartReader.read(chart));
        }
        return charts;
    }

    private static List<Table> tables(final Fields fields) throws BadResultException {
        final List<Table> tables = new ArrayList<>();
        for (final Fields table : fields.objects("tables")) {
            tables.add(table(table));
        }
        return tables;
    }

    private static Table table(final Fields table) throws BadResultException {
        final List<String> columns = table.texts("columns");
        final List<List<String>> rows = new ArrayList<>();
        for (final JsonNode row : table.list("rows")) {
            if (!row.isArray() || row.size() != columns.size()) {
                throw table.bad("rows[" + rows.size() + "]", "an array of " + columns.size() + " cells", row);
            }
            final List<String> cells = new ArrayList<>();
            row.forEach(cell -> cells.add(cell.isNull() ? "" : words(cell)));
            rows.add(cells);
        }
        return new Table(table.text("title"), columns, rows);
    }
}
