package io.millrace.benchmarks.report;

import java.util.List;

/** The words that both pages share. */
final class PageText {
    static final String TITLE = "Millrace: what was measured";
    static final String LEAD =
            "Every result of the benchmarks that was kept, from the JSON files beside this page: how fast"
                    + " Millrace is, against what, at which durability and on which machine. Where Millrace is compared with others,"
                    + " 1.43 × of one means 1.43 times its rate; below 1 × Millrace is slower. Percentages are changes since the run"
                    + " committed before. Compare within one result rather than between two of different machines.";
    static final String PROBLEMS = "Files that could not be read";
    static final List<String> OVERVIEW_COLUMNS = List.of("what", "key figures", "durability", "machine");

    private PageText() {}
}
