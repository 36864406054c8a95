package io.millrace.benchmarks.report;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the results of a folder; a bad one does not keep the others from being read. */
final class ResultFolder {
    private final Path folder;
    private final Path out;
    private final History history;
    private final List<String> problems = new ArrayList<>();

    ResultFolder(final Path folder, final Path out) {
        this.folder = folder;
        this.out = out;
        history = new History(folder);
    }

    /** All that can be read, in the order of the page. */
    List<Entry> entries() throws IOException {
        final List<Entry> entries = new ArrayList<>();
        for (final Path file : files()) {
            try {
                entries.add(entry(file));
            } catch (final BadResultException e) {
                problems.add(file.getFileName() + ": " + e.getMessage());
            } catch (final CharacterCodingException e) {
                problems.add(file.getFileName() + ": needs to be UTF-8");
            }
        }
        entries.sort(Comparator.comparing(Entry::result, ResultFile.order()));
        return entries;
    }

    /** A sentence for each file that could not be read; it begins with the name of the file. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private Entry entry(final Path file) throws IOException, BadResultException {
        final String json = Files.readString(file);
        final ResultFile result = ResultReader.read(file.getFileName().toString(), json);
        final List<DrawnChart> charts = new ArrayList<>();
        for (final Chart chart : result.charts()) {
            charts.add(DrawnChart.draw(chart, result.name() + "-" + (charts.size() + 1) + ".svg"));
        }
        return new Entry(result, Links.of(file, out), comparison(result, json).orElse(null), charts);
    }

    private Optional<Comparison> comparison(final ResultFile now, final String json) {
        return history.before(now.file(), json).flatMap(earlier -> {
            try {
                final ResultFile before = ResultReader.read(now.file(), earlier.text());
                return Optional.of(Comparison.of(now, before, earlier.commit()))
                        .filter(comparison -> !comparison.before().isEmpty());
            } catch (final BadResultException e) {
                // What was committed once need not be readable today.
                return Optional.empty();
            }
        });
    }
}
