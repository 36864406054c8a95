package io.millrace.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes one HTML page and one Markdown page of all results in a folder. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Makes report.html and report.md of all results in a folder.")
public final class ReportCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    @Option(names = "--dir", paramLabel = "<folder>", description = "With the results, *.json. Default: perf-reports.")
    private Path folder;

    @Option(
            names = "--out",
            paramLabel = "<folder>",
            description = "Where the pages go. Default: where the results are.")
    private Path out;

    @Option(names = "--json", description = "Say what was done as one line of JSON.")
    private boolean json;

    /** Makes the command; picocli fills it. */
    public ReportCommand() {}

    /**
     * Makes the pages.
     *
     * @return 0, or 1 if there is no result or if one cannot be read
     * @throws IOException when the folder cannot be read or the pages cannot be written
     */
    @Override
    public Integer call() throws IOException {
        final Path from = folder == null ? defaultFolder() : folder;
        if (!Files.isDirectory(from)) {
            System.err.println("needs a folder with results: --dir=" + from);
            return FAILED;
        }
        final ReportPages pages = new ReportPages(out == null ? from : out);
        final ResultFolder results = new ResultFolder(from, pages.out());
        final List<Entry> entries = results.entries();
        results.problems().forEach(System.err::println);
        if (entries.isEmpty() && results.problems().isEmpty()) {
            System.err.println("needs at least one result, *.json: --dir=" + from);
            return FAILED;
        }
        pages.write(entries, results.problems());
        System.out.println(json ? line(pages, entries, results.problems()) : sentence(pages, entries));
        return results.problems().isEmpty() ? DONE : FAILED;
    }

    private static Path defaultFolder() {
        return Path.of(System.getProperty("millrace.home", "."), "perf-reports");
    }

    private static String sentence(final ReportPages pages, final List<Entry> entries) {
        return entries.size() + " results in " + pages.html() + " and " + pages.markdown();
    }

    private static String line(final ReportPages pages, final List<Entry> entries, final List<String> problems)
            throws JsonProcessingException {
        final Map<String, Object> done = new LinkedHashMap<>();
        done.put("html", pages.html().toString());
        done.put("markdown", pages.markdown().toString());
        done.put("results", entries.stream().map(entry -> entry.result().file()).toList());
        done.put("problems", problems);
        return new ObjectMapper().writeValueAsString(done);
    }
}
