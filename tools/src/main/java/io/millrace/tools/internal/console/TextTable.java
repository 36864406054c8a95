package io.millrace.tools.internal.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table in plain text: a title, a header, and aligned rows. Numbers stand to the right, all else to the left. */
public final class TextTable {
    private static final String GAP = "  ";
    private static final int MAX_CELL_LENGTH = 60;

    private final String title;
    private final String[] header;
    private final boolean[] numeric;
    private final List<String[]> rows = new ArrayList<>();

    /** A table without rows. */
    public TextTable(final String title, final String... header) {
        this.title = title;
        this.header = header.clone();
        numeric = new boolean[header.length];
    }

    /** Adds a row: integers get separators and stand to the right, all else is put as {@code toString} says. */
    public TextTable row(final Object... cells) {
        if (cells.length != header.length) {
            throw new IllegalArgumentException("row must have " + header.length + " cells: " + Arrays.toString(cells));
        }
        final String[] row = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            numeric[i] |= cells[i] instanceof Number;
            row[i] = cells[i] instanceof Long || cells[i] instanceof Integer
                    ? Text.number(((Number) cells[i]).longValue())
                    : shortened(String.valueOf(cells[i]));
        }
        rows.add(row);
        return this;
    }

    /** Says that a column holds numbers that were formatted already. */
    public TextTable right(final int column) {
        numeric[column] = true;
        return this;
    }

    /** Prints it, an empty line first. */
    public void print(final PrintWriter out) {
        final int[] widths = new int[header.length];
        widen(widths, header);
        rows.forEach(row -> widen(widths, row));
        out.println();
        out.println(title);
        out.println(line(widths, header));
        final String[] rule = new String[header.length];
        Arrays.setAll(rule, i -> "-".repeat(widths[i]));
        out.println(line(widths, rule));
        rows.forEach(row -> out.println(line(widths, row)));
        out.flush();
    }

    private static void widen(final int[] widths, final String[] cells) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], length(cells[i]));
        }
    }

    private String line(final int[] widths, final String[] cells) {
        final StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            final String padding = " ".repeat(widths[i] - length(cells[i]));
            line.append(i == 0 ? "" : GAP);
            line.append(numeric[i] ? padding + cells[i] : cells[i] + padding);
        }
        return line.toString().stripTrailing();
    }

    private static int length(final String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private static String shortened(final String cell) {
        final String oneLine = cell.replaceAll("\\p{Cntrl}", " ");
        return length(oneLine) <= MAX_CELL_LENGTH
                ? oneLine
                : oneLine.substring(0, oneLine.offsetByCodePoints(0, MAX_CELL_LENGTH - 1)) + "…";
    }
}
