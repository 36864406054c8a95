package io.millrace.benchmarks.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was read from one file.
 *
 * @param file the name of the file
 * @param kind the kind of measurement; empty in files that do not say
 * @param title what stands above it
 * @param summary sentences
 * @param figures numbers that are compared with the run before
 * @param texts single facts such as the durability
 * @param charts what is drawn
 * @param tables what is listed
 * @param environment what it was measured on
 */
record ResultFile(
        String file,
        String kind,
        String title,
        List<String> summary,
        Map<String, Double> figures,
        Map<String, String> texts,
        List<Chart> charts,
        List<Table> tables,
        Map<String, Object> environment) {

    /** The kind of JMH's own files. */
    static final String JMH = "jmh";

    private static final List<String> FIRST_KINDS = List.of("compare", "replay", "latency", "ugly", "alloc", "scale");

    /** The order on the page: what a command writes by default first, then other files of those kinds, then by name. */
    static Comparator<ResultFile> order() {
        return Comparator.<ResultFile>comparingInt(ResultFile::rank).thenComparing(ResultFile::file);
    }

    /** The name without its ending, for anchors and names of charts. */
    String name() {
        return file.endsWith(".json") ? file.substring(0, file.length() - ".json".length()) : file;
    }

    /** A word that fits into an address. */
    String anchor() {
        return name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    /** A fact about the machine, whatever the case of its name; empty if nobody noted it. */
    String machine(final String fact) {
        return environment.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(fact))
                .map(entry -> String.valueOf(entry.getValue()))
                .findFirst()
                .orElse("");
    }

    /** The title, and which file it is when that is not the one that the command writes by default. */
    String heading() {
        return kind.isEmpty() || kind.equals(JMH) || kind.equals(name()) ? title : title + " (" + name() + ")";
    }

    private int rank() {
        final int known = FIRST_KINDS.indexOf(kind);
        if (known < 0) {
            return 2 * FIRST_KINDS.size();
        }
        return kind.equals(name()) ? known : FIRST_KINDS.size() + known;
    }
}
