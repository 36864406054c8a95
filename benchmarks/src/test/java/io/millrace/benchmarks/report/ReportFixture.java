package io.millrace.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** A folder of results and the report made of it. */
final class ReportFixture {
    private final Path folder;

    ReportFixture(final Path folder) {
        this.folder = folder;
    }

    static Result result(final String title) {
        return Result.of("compare", title)
                .summary("Millrace is 1.43 × as fast.")
                .text("durability", "JOURNALED")
                .figure("millrace_eps", 1.56e6)
                .figure("ratio_hand_wired", 1.43)
                .chart(Chart.bars(
                        "Rates", "events/s", Series.of("median", List.of("Millrace", "hand-wired"), 1.56e6, 1.1e6)))
                .chart(latency())
                .table(new Table("All", List.of("who", "M/s"), List.of(List.of("Millrace", "1.56"))))
                .environment(Map.of("cpu", "AMD EPYC", "cores", 2, "jdk", "17", "commit", "abc"));
    }

    static Chart latency() {
        final double[] percentiles = {0, 50, 90, 99, 99.9, 99.99, 100};
        final double[] micros = {1, 2, 30, 400, 5000, 60000, 70000};
        return Chart.percentiles("Latency", "µs", Series.of("Millrace", percentiles, micros))
                .withNote("From the intended start.");
    }

    Path write(final String name, final String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    int report() {
        return new CommandLine(new ReportCommand()).execute("--dir", folder.toString());
    }

    String html() throws IOException {
        return Files.readString(folder.resolve("report.html"));
    }

    String markdown() throws IOException {
        return Files.readString(folder.resolve("report.md"));
    }

    String git(final String... arguments) throws IOException, InterruptedException {
        final ProcessBuilder builder = new ProcessBuilder("git", "-c", "user.name=n", "-c", "user.email=n@example.org")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        final Process git = builder.start();
        final String output = new String(git.getInputStream().readAllBytes());
        if (git.waitFor() != 0) {
            throw new IOException(output);
        }
        return output.trim();
    }
}
