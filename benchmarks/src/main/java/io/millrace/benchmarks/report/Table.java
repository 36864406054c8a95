package io.millrace.benchmarks.report;

import java.util.List;

/**
 * A table whose cells are formatted already.
 *
 * @param title what stands above it
 * @param columns the head
 * @param rows cells, as many a row as there are columns
 */
public record Table(String title, List<String> columns, List<List<String>> rows) {

    /** Copies the lists and checks that every row has a cell for each column. */
    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (final List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("table " + title + " needs a cell for each column: columns="
                        + columns.size() + " cells=" + row);
            }
        }
    }
}
