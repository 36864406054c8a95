package io.millrace.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Arrays of objects, wherever they are: a table each, with single values as they are and the size of what is nested. */
final class NestedRows {
    private static final int MAX_ROWS = 200;
    private static final int MAX_DEPTH = 4;

    private NestedRows() {}

    static void find(final JsonNode root, final List<Table> tables) {
        find(root, "", 0, tables);
    }

    private static void find(final JsonNode node, final String path, final int depth, final List<Table> tables) {
        if (depth > MAX_DEPTH) {
            return;
        }
        if (node.isArray()) {
            addTable(node, path, tables);
            for (int i = 0; i < node.size(); i++) {
                find(node.path(i), path + " " + (i + 1), depth + 1, tables);
            }
        }
        node.properties()
                .forEach(field -> find(field.getValue(), (path + " " + field.getKey()).trim(), depth + 1, tables));
    }

    private static void addTable(final JsonNode array, final String path, final List<Table> tables) {
        final Set<String> names = new LinkedHashSet<>();
        boolean single = false;
        for (final JsonNode one : array) {
            if (!one.isObject()) {
                return;
            }
            for (final var field : one.properties()) {
                names.add(field.getKey());
                single |= field.getValue().isValueNode();
            }
        }
        if (single) {
            tables.add(new Table(title(array, path), List.copyOf(names), rows(array, names)));
        }
    }

    private static String title(final JsonNode array, final String path) {
        return array.size() <= MAX_ROWS ? path : path + ", the first " + MAX_ROWS + " of " + array.size();
    }

    private static List<List<String>> rows(final JsonNode array, final Set<String> names) {
        final List<List<String>> rows = new ArrayList<>();
        for (final JsonNode one : array) {
            if (rows.size() < MAX_ROWS) {
                rows.add(names.stream().map(name -> cell(one.path(name))).toList());
            }
        }
        return rows;
    }

    private static String cell(final JsonNode value) {
        if (value.isContainerNode()) {
            return value.isEmpty() ? "none" : value.size() + (value.size() == 1 ? " entry" : " entries");
        }
        return value.isMissingNode() || value.isNull() ? "" : value.asText();
    }
}
