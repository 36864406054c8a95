package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.report.Result;
import io.millrace.benchmarks.rig.BenchOptions;
import io.millrace.benchmarks.rig.Environment;
import io.millrace.benchmarks.rig.Priming;
import io.millrace.contest.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench compare}: everyone on the same work, in turns. {@code bench replay}: those who can replay. */
@Command(mixinStandardHelpOptions = true, showDefaultValues = true)
public final class CompareCommand implements Callable<Integer> {
    /** More than any contender writes for a command. */
    private static final int PRIMED_BYTES_PER_COMMAND = 200;

    private static final long TIMEOUT_S = 600;
    private static final long FIRST_COMMANDS = 20_000;

    /** Enough for a rate to be told from the start of the clock. */
    private static final double LEAST_SECONDS = 0.5;

    private final boolean replays;

    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Mixin
    private Options options = new Options();

    @Option(
            names = "--accounts",
            description = {"accounts between which money is moved", "  Default: ${DEFAULT-VALUE}"})
    private int accounts = 262_144;

    @Option(names = "--commands", description = "commands in a round at most; 4,000,000, quick 500,000")
    private Long commands;

    @Option(names = "--seconds", description = "that a round of a slower contender may take; 4, quick 1")
    private Double seconds;

    @Option(names = "--rounds", description = "measured rounds; 9, quick 3")
    private Integer rounds;

    @Option(names = "--only", split = ",", paramLabel = "KEY", description = "only these contenders; all without it")
    private List<String> only = List.of();

    @Option(names = "--no-peers", description = "only those that are in this jar")
    private boolean noPeers;

    @Option(names = "--heap", description = "largest heap of each contender")
    private String heap = "3g";

    @Option(names = "--jvm", paramLabel = "FLAG", description = "another flag for the contenders' JVMs")
    private List<String> jvmFlags = List.of();

    /**
     * Creates it.
     *
     * @param replays whether replay is measured in place of live runs
     */
    public CompareCommand(final boolean replays) {
        this.replays = replays;
    }

    @Override
    public Integer call() throws Exception {
        bench.requireNoAssertions();
        bench.requirePositive("--rounds", rounds());
        bench.requirePositive("--max-batch", options.maxBatchCommands());
        bench.requirePositive("--commands", commands());
        bench.requirePositive("--seconds", seconds());
        bench.requirePositive("--accounts less 1", accounts - 1);
        bench.requireKnown(
                "--only", Rivals.commands(bench.home(), List.of(), List.of()).keySet(), only);
        final Path scratch = Files.createTempDirectory(bench.directory(), "millrace-compare-");
        final List<Tally> tallies = new ArrayList<>();
        final Map<String, String> absent = new LinkedHashMap<>();
        try {
            start(scratch, tallies, absent);
            for (final Tally tally : List.copyOf(tallies)) {
                warmUp(tally, scratch, tallies, absent);
            }
            requireAny(tallies, absent);
            for (int round = 0; round < rounds(); round++) {
                round(round, tallies, scratch);
            }
            finish(tallies, absent);
            return 0;
        } finally {
            CloseHelper.quietCloseAll(tallies.stream().map(tally -> tally.rival).toList());
            IoUtil.delete(scratch.toFile(), true);
        }
    }

    /** A report of nothing would take the place of one that is kept. */
    private static void requireAny(final List<Tally> tallies, final Map<String, String> absent) {
        if (tallies.isEmpty()) {
            throw new IllegalStateException("a contender must be left to be measured; each has failed: " + absent);
        }
    }

    private int rounds() {
        return rounds != null ? rounds : bench.quick() ? 3 : 9;
    }

    private long commands() {
        return commands != null ? commands : bench.quick() ? 500_000 : 4_000_000;
    }

    private double seconds() {
        return seconds != null ? seconds : bench.quick() ? 1 : 4;
    }

    private void start(final Path scratch, final List<Tally> tallies, final Map<String, String> absent)
            throws IOException {
        final Work first = new Work(accounts, Math.min(FIRST_COMMANDS, commands()), 1);
        final List<String> flags = new ArrayList<>(List.of("-Xmx" + heap, "-XX:+UseParallelGC"));
        flags.addAll(jvmFlags);
        for (final var entry :
                Rivals.commands(bench.home(), flags, options.arguments()).entrySet()) {
            if (!isWanted(entry.getKey())) {
                continue;
            }
            final Path errors = scratch.resolve(entry.getKey() + ".err");
            try {
                final Rival rival = new Rival(entry.getValue(), errors, TIMEOUT_S);
                tallies.add(new Tally(rival, first, commands()));
            } catch (final IOException e) {
                absent.put(entry.getKey(), e.getMessage());
                bench.say("%s does not start: %s%n%s", entry.getKey(), e.getMessage(), Files.readString(errors));
            }
        }
        if (replays) {
            final List<Tally> without =
                    tallies.stream().filter(tally -> !tally.rival.replays()).toList();
            CloseHelper.closeAll(without.stream().map(tally -> tally.rival).toList());
            tallies.removeAll(without);
        }
        if (tallies.isEmpty()) {
            throw new IllegalStateException("no contender is left; known are "
                    + Rivals.commands(bench.home(), flags, List.of()).keySet());
        }
    }

    private boolean isWanted(final String key) {
        return only.isEmpty() ? !noPeers || Rivals.OWN.contains(key) : only.contains(key);
    }

    /** Until its compiled code is warm and it is known how much it can do in a round. */
    private void warmUp(
            final Tally tally, final Path scratch, final List<Tally> tallies, final Map<String, String> absent) {
        try {
            double elapsed = 0;
            long done;
            do {
                done = tally.work().commands();
                final Rival.Run run = turn(tally, scratch, false);
                final double took = run.usage().elapsedNs() / 1e9;
                elapsed += took;
                // Four times as much at most: what was cold may be much faster soon.
                tally.adapt(run, Math.min(seconds(), Math.max(LEAST_SECONDS, 4 * took)));
                bench.say("warm-up: %-28s %,12.0f events/s", tally.rival.title(), run.eventsPerSecond());
            } while (elapsed < 2 * seconds() || tally.work().commands() > 2 * done);
        } catch (final IOException e) {
            absent.put(tally.rival.key(), e.getMessage());
            bench.say("%s fails, and is left out: %s", tally.rival.title(), e.getMessage());
            tallies.remove(tally);
            CloseHelper.quietClose(tally.rival);
        }
    }

    /** Who goes first changes from round to round. */
    private void round(final int round, final List<Tally> tallies, final Path scratch) throws IOException {
        for (int turn = 0; turn < tallies.size(); turn++) {
            final Tally tally = tallies.get((turn + round) % tallies.size());
            final Rival.Run run = turn(tally, scratch, true);
            bench.say(
                    "round %d of %d, %2d of %d: %-28s %,12.0f events/s, %,8.0f processor ns each",
                    round + 1,
                    rounds(),
                    turn + 1,
                    tallies.size(),
                    tally.rival.title(),
                    run.eventsPerSecond(),
                    (double) run.usage().cpuNs() / run.events());
        }
    }

    private Rival.Run turn(final Tally tally, final Path scratch, final boolean measured) throws IOException {
        final Path journal = Files.createTempDirectory(scratch, tally.rival.key() + "-");
        try {
            Priming.touch(scratch, tally.work().commands() * PRIMED_BYTES_PER_COMMAND);
            final Rival.Run run = tally.rival.live(tally.work(), journal);
            final Rival.Run again = replays ? tally.rival.replay(tally.work(), journal) : null;
            if (measured) {
                tally.add(run);
            }
            if (measured && again != null) {
                tally.addReplay(again);
            }
            return again == null ? run : again;
        } finally {
            IoUtil.delete(journal.toFile(), false);
        }
    }

    private void finish(final List<Tally> tallies, final Map<String, String> absent) throws Exception {
        Result result = new CompareResult(tallies, absent, accounts, rounds()).result(replays);
        final Map<String, Object> environment = Environment.describe(bench.directory());
        environment.put("contender_flags", "-Xmx" + heap + " -XX:+UseParallelGC " + String.join(" ", jvmFlags));
        result = result.environment(environment);
        bench.finish(replays ? "replay" : "compare", result);
    }
}
