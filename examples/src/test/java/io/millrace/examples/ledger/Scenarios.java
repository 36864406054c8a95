package io.millrace.examples.ledger;

import io.millrace.examples.driver.SharedData;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Reads the scenario tables. */
final class Scenarios {
    private static final String FILE = "tigerbeetle/ledger_scenarios_dsl.txt";

    /** A table: a fresh ledger, and what happens to it. */
    record Table(String title, int number, List<Statement> statements) {}

    /** A line: its number in the file, its first word, and the others. */
    record Statement(int line, String word, List<String> columns) {
        /** An unsigned number of some bits: a letter in front is decoration, a minus counts back from the largest. */
        BigInteger number(final int column, final int bits) {
            final String token = columns.get(column);
            if (token.equals("_")) {
                return BigInteger.ZERO;
            }
            final String digits = Character.isLetter(token.charAt(0)) ? token.substring(1) : token;
            if (digits.startsWith("-")) {
                final BigInteger max = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
                return max.subtract(new BigInteger(digits.substring(1)));
            }
            return new BigInteger(digits);
        }

        boolean isSet(final int column) {
            return !columns.get(column).equals("_");
        }

        /** The flags in consecutive columns, the first one being the lowest bit; the names are checked. */
        int flags(final int firstColumn, final List<String> names, final int... bits) {
            int flags = 0;
            for (int i = 0; i < names.size(); i++) {
                final String token = columns.get(firstColumn + i);
                if (!token.equals("_") && !token.equals(names.get(i))) {
                    throw new IllegalStateException(
                            "line " + line + ": flag must be _ or " + names.get(i) + ": " + token);
                }
                flags |= token.equals("_") ? 0 : bits[i];
            }
            return flags;
        }

        String last() {
            return columns.get(columns.size() - 1);
        }
    }

    private Scenarios() {}

    /** All tables of the file; skips the test when it is not there. */
    static List<Table> read() throws IOException {
        final List<Table> tables = new ArrayList<>();
        String title = "";
        int line = 0;
        for (final String text : Files.readAllLines(SharedData.file(FILE))) {
            line++;
            if (text.startsWith("###")) {
                title = text.substring(3).trim();
            } else if (text.startsWith("# ")) {
                tables.add(new Table(title, tables.size() + 1, new ArrayList<>()));
            } else if (!text.isBlank()) {
                final List<String> words = List.of(text.trim().split(" +"));
                tables.get(tables.size() - 1)
                        .statements()
                        .add(new Statement(line, words.get(0), words.subList(1, words.size())));
            }
        }
        return tables;
    }
}
