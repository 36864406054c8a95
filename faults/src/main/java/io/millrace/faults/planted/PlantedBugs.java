package io.millrace.faults.planted;

import io.millrace.faults.agent.AgentJar;
import io.millrace.faults.agent.FaultAgent;
import io.millrace.faults.agent.PlantedBug;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Plants each bug in a process of its own, and has it looked for. */
public final class PlantedBugs {
    private static final long LIMIT_S = 300;
    private static final List<String> FLAGS = List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.util.zip=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dchronicle.analytics.disable=true",
            "-Dchronicle.announcer.disable=true",
            "-Dchronicle.disk.monitor.disable=true",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=off");

    private final Path scratch;
    private final Path agent;
    private final int seeds;

    /**
     * What came of one.
     *
     * @param planted whether it was really there
     * @param caughtBy the layer or check that found it, null if nothing did
     * @param runs of that check, the one that found it included
     * @param milliseconds until it was found, or all was looked at
     * @param what was found, or what the process said
     */
    public record Result(boolean planted, String caughtBy, int runs, long milliseconds, String what) {
        /** Whether it was there and was found. */
        public boolean caught() {
            return planted && caughtBy != null;
        }
    }

    /** With a scratch directory, which is made if need be, and how many seeds to simulate at most. */
    public PlantedBugs(final Path scratch, final int seeds) throws IOException {
        this.scratch = Files.createDirectories(scratch);
        this.seeds = seeds;
        agent = AgentJar.write(scratch.resolve("agent.jar"));
    }

    /** Looks for one; without a bug, for whatever is found in sound code. */
    public Result look(final PlantedBug bug) throws IOException, InterruptedException {
        final String name =
                bug == null ? "none" : bug.name().toLowerCase(Locale.ROOT).replace('_', '-');
        final Path own = Files.createDirectories(scratch.resolve(name));
        final Path errors = scratch.resolve(name + ".err");
        final Path printed = scratch.resolve(name + ".out");
        final long startNs = System.nanoTime();
        final Process process = new ProcessBuilder(command(bug, name, own))
                .redirectError(errors.toFile())
                .redirectOutput(printed.toFile())
                .start();
        try {
            final boolean ended = process.waitFor(LIMIT_S, TimeUnit.SECONDS);
            final String output = Files.readString(printed);
            final String said = Files.readString(errors);
            final boolean planted = bug == null || said.contains("planted bug: " + bug);
            final long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
            if (!ended) {
                // Its own watchdog ends a check that hangs; so nothing was found, it only took too long.
                return new Result(planted, null, 1, ms, "nothing was found within " + LIMIT_S + " s");
            }
            return process.exitValue() == CatchingRun.CAUGHT
                    ? caught(planted, output)
                    : notCaught(planted, process.exitValue(), ms, output + said);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** A process that dies of its bug has been found out as well. */
    private static Result notCaught(final boolean planted, final int exitCode, final long ms, final String said) {
        final String last = said.substring(Math.max(0, said.length() - 300)).strip();
        return new Result(
                planted && exitCode != FaultAgent.NOT_PLANTED,
                exitCode == 0 || exitCode == FaultAgent.NOT_PLANTED ? null : "exit code " + exitCode,
                1,
                ms,
                last);
    }

    private static Result caught(final boolean planted, final String output) {
        final String line = output.lines()
                .filter(each -> each.startsWith(CatchingRun.CAUGHT_LINE))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("process must say what it found: " + output));
        final String[] words = line.split("\t", 5);
        return new Result(planted, words[1], Integer.parseInt(words[2]), Long.parseLong(words[3]), words[4]);
    }

    private List<String> command(final PlantedBug bug, final String name, final Path own) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        if (bug != null) {
            command.add("-javaagent:" + agent);
            command.add("-D" + FaultAgent.BUG_PROPERTY + '=' + name);
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                CatchingRun.class.getName(),
                own.toString(),
                Integer.toString(seeds)));
        return command;
    }
}
