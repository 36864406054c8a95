package io.millrace.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.millrace.benchmarks.rig.Environment;
import io.millrace.benchmarks.rig.Rounds;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the checks of the journal cost: the engine as it is, and with CRC, chain and watermark taken out by
 * {@link WithoutChecks}, in turns within each of several processes. From one process to the next the same work takes up to
 * a third more or less, so only what was measured in the same process is compared.
 */
@Command(
        name = ChecksCost.NAME,
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Measures what CRC, chain and watermark cost of the engine's throughput.")
final class ChecksCost implements Callable<Integer> {
    static final String NAME = "checks-cost";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--commands", description = "commands per span")
    private long commands = 1_000_000;

    @Option(
            names = "--spans",
            description = "spans per process, half of them without checks; as many before to warm up")
    private int spans = 20;

    @Option(names = "--processes", description = "one after the other")
    private int processes = 9;

    @Option(names = "--dir", description = "where the journals go; emptied after each run")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--report", description = "folder for the JSON and the table; none without it")
    private Path report;

    private final Measured throughput = new Measured();
    private final Measured processorTime = new Measured();

    /** One figure: the medians of each process. */
    private static final class Measured {
        private final Rounds with = new Rounds("with checks");
        private final Rounds without = new Rounds("without checks");
        private final Rounds ratios = new Rounds("with/without");

        void add(final Rounds withChecks, final Rounds withoutChecks) {
            with.add(withChecks.median());
            without.add(withoutChecks.median());
            ratios.add(withChecks.median() / withoutChecks.median());
        }
    }

    @Override
    public Integer call() throws Exception {
        if (spans < 2 || spans % 2 != 0) {
            throw new IllegalArgumentException("--spans must be even, and at least 2: " + spans);
        }
        for (int process = 1; process <= processes; process++) {
            run();
            System.err.printf(
                    "process %d of %d: with/without: throughput %.3f, processor time %.3f%n",
                    process, processes, last(throughput.ratios), last(processorTime.ratios));
        }
        print();
        return 0;
    }

    private static double last(final Rounds series) {
        return series.values()[series.values().length - 1];
    }

    private void run() throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        final String jar = System.getProperty("java.class.path");
        command.addAll(List.of("-javaagent:" + jar + "=without-checks", "-jar", jar, ChecksRun.NAME));
        command.addAll(List.of("--commands", String.valueOf(commands), "--spans", String.valueOf(spans)));
        command.addAll(List.of("--dir", directory.toString()));
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        final List<String[]> lines =
                printed.lines().map(line -> line.split(" ")).toList();
        if (process.waitFor() != 0 || lines.size() != spans) {
            throw new IllegalStateException("run must end well, with " + spans + " spans: printed " + printed);
        }
        throughput.add(column(lines, true, 1), column(lines, false, 1));
        processorTime.add(column(lines, true, 2), column(lines, false, 2));
    }

    private static Rounds column(final List<String[]> lines, final boolean withChecks, final int column) {
        final Rounds series = new Rounds("of one process");
        lines.stream()
                .filter(words -> Boolean.parseBoolean(words[0]) == withChecks)
                .forEach(words -> series.add(Double.parseDouble(words[column])));
        return series;
    }

    private void print() throws IOException, InterruptedException {
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("with_checks_cps", throughput.with.median());
        result.put("without_checks_cps", throughput.without.median());
        result.put("ratio", throughput.ratios.median());
        result.put("with_checks_cpu_ns", processorTime.with.median());
        result.put("without_checks_cpu_ns", processorTime.without.median());
        result.put("ratio_cpu", processorTime.ratios.median());
        result.put("with_checks_all", throughput.with.values());
        result.put("without_checks_all", throughput.without.values());
        result.put("with_checks_cpu_all", processorTime.with.values());
        result.put("without_checks_cpu_all", processorTime.without.values());
        result.put("commands", commands);
        result.put("spans", spans);
        result.put("processes", processes);
        result.put("durability", "JOURNALED");
        result.put("environment", Environment.describe(directory));
        final String table = table();
        if (report != null) {
            Files.createDirectories(report);
            Files.writeString(report.resolve("checks-cost.md"), table);
            Files.writeString(
                    report.resolve("checks-cost.json"),
                    JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(result) + "\n");
        }
        System.out.print(table);
        System.out.println(JSON.writeValueAsString(result));
    }

    private String table() {
        final StringBuilder table = new StringBuilder("Counter machine, one producer, 64-byte commands, JOURNALED; ")
                .append(String.format(
                        "%d processes, in each %d spans of %,d commands, with and without checks in turns; medians of a"
                                + " process, and then of all of them.%n%n",
                        processes, spans, commands))
                .append("| | median | min | max |\n|---|---|---|---|\n");
        row(table, "M commands/s, with checks", throughput.with, 1e-6);
        row(table, "M commands/s, without", throughput.without, 1e-6);
        row(table, "with/without", throughput.ratios, 1);
        row(table, "ns of processor time per command, all threads, with checks", processorTime.with, 1);
        row(table, "ns of processor time per command, without", processorTime.without, 1);
        row(table, "with/without", processorTime.ratios, 1);
        return table.toString();
    }

    private static void row(final StringBuilder table, final String name, final Rounds series, final double unit) {
        table.append(String.format(
                "| %s | %.3f | %.3f | %.3f |%n",
                name, series.median() * unit, series.min() * unit, series.max() * unit));
    }
}
