package io.millrace.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
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
 * What the checks of the journal cost: the engine as it is, and the same build with CRC, chain and watermark taken out by
 * {@link WithoutChecks}, each in processes of their own, in turns.
 */
@Command(
        name = ChecksCost.NAME,
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Measures what CRC, chain and watermark cost of the engine's throughput.")
final class ChecksCost implements Callable<Integer> {
    static final String NAME = "checks-cost";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--commands", description = "commands per process, after half as many to warm up")
    private long commands = 10_000_000;

    @Option(names = "--rounds", description = "pairs of processes")
    private int rounds = 9;

    @Option(names = "--dir", description = "where the journals go; emptied after each run")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--report", description = "folder for the JSON and the table; none without it")
    private Path report;

    private final Series with = new Series("with checks");
    private final Series without = new Series("without checks");
    private final Series ratios = new Series("ratio, pair by pair");

    @Override
    public Integer call() throws Exception {
        for (int round = 0; round < rounds; round++) {
            final boolean checkedFirst = (round & 1) == 0;
            final double first = run(checkedFirst);
            final double second = run(!checkedFirst);
            with.add(checkedFirst ? first : second);
            without.add(checkedFirst ? second : first);
            ratios.add(checkedFirst ? first / second : second / first);
            System.err.printf("round %d: with/without = %.3f%n", round + 1, ratios.values()[round]);
        }
        print();
        return 0;
    }

    private double run(final boolean checked) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        final String jar = System.getProperty("java.class.path");
        if (!checked) {
            command.add("-javaagent:" + jar);
        }
        command.addAll(List.of("-jar", jar, ChecksRun.NAME, "--commands", String.valueOf(commands)));
        command.addAll(List.of("--dir", directory.toString()));
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final String[] words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .split(" ");
        if (process.waitFor() != 0 || words.length != 2 || Boolean.parseBoolean(words[0]) != checked) {
            throw new IllegalStateException(
                    "run must end well, with checks " + checked + ": printed " + String.join(" ", words));
        }
        return Double.parseDouble(words[1]);
    }

    private void print() throws IOException, InterruptedException {
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("with_checks_cps", with.median());
        result.put("without_checks_cps", without.median());
        result.put("ratio", ratios.median());
        result.put("with_checks_all", with.values());
        result.put("without_checks_all", without.values());
        result.put("ratio_all", ratios.values());
        result.put("commands", commands);
        result.put("rounds", rounds);
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
                .append(String.format("%,d commands a process, %d pairs of processes in turns.%n%n", commands, rounds))
                .append("| | median, M/s | min | max |\n|---|---|---|---|\n");
        for (final Series series : List.of(with, without)) {
            table.append(String.format(
                    "| %s | %.2f | %.2f | %.2f |%n",
                    series.name(), series.median() / 1e6, series.min() / 1e6, series.max() / 1e6));
        }
        return table.append(String.format(
                        "%nWith to without, pair by pair: median %.3f, min %.3f, max %.3f.%n",
                        ratios.median(), ratios.min(), ratios.max()))
                .toString();
    }
}
