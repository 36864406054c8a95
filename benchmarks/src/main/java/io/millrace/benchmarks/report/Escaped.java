package io.millrace.benchmarks.report;

/** Text from files, made harmless for the two pages. */
final class Escaped {
    private Escaped() {}

    static String html(final String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** On one line, and without a meaning for Markdown. */
    static String markdown(final String text) {
        return html(text.replaceAll("\\s+", " ").trim()).replaceAll("([\\\\`*_\\[\\]|~#])(?!39;)", "\\\\$1");
    }
}
