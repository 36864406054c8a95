package io.millrace.benchmarks;

import io.millrace.benchmarks.rig.Rounds;

/** The results of one contender over the rounds. */
final class Results {
    final Rounds live;
    final Rounds replay;
    final Rounds allocatedBytes;
    final Rounds processorNs;
    private final String name;

    Results(final String name) {
        this.name = name;
        live = new Rounds(name + ", live");
        replay = new Rounds(name + ", replay");
        allocatedBytes = new Rounds(name + ", bytes allocated per command");
        processorNs = new Rounds(name + ", processor ns per command");
    }

    /** Says how a round went and, if it is a measured one, keeps it. */
    void add(final boolean measured, final long commands, final Contender.Live run, final Contender.Replay again) {
        final double liveRate = 1e9 * commands / run.elapsedNs();
        final double replayRate = 1e9 * again.events() / again.elapsedNs();
        final double bytes = (double) run.usage().allocatedBytes() / commands;
        final double cpu = (double) run.usage().cpuNs() / commands;
        System.err.printf(
                "%s%s: live %.3f M/s, replay %.3f M/s, %.0f processor ns and %.3f bytes per command%n",
                measured ? "" : "warm-up: ", name, liveRate / 1e6, replayRate / 1e6, cpu, bytes);
        if (measured) {
            live.add(liveRate);
            replay.add(replayRate);
            allocatedBytes.add(bytes);
            processorNs.add(cpu);
        }
    }
}
