package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.rig.Rounds;
import io.millrace.contest.Work;

/** What one contender did over the rounds. */
final class Tally {
    final Rival rival;
    final Rounds live;
    final Rounds replay;
    final Rounds cpuNs;
    final Rounds allocatedBytes;
    private final long maxCommands;
    private Work work;
    private long residentBytes;

    Tally(final Rival rival, final Work work, final long maxCommands) {
        this.rival = rival;
        this.work = work;
        this.maxCommands = maxCommands;
        live = new Rounds(rival.key() + ", live");
        replay = new Rounds(rival.key() + ", replay");
        cpuNs = new Rounds(rival.key() + ", processor ns per command");
        allocatedBytes = new Rounds(rival.key() + ", bytes allocated per command");
    }

    /** How much it is given at a time. */
    Work work() {
        return work;
    }

    /** Gives it as much as it can do in that time, by the rate just seen; no more than the most. */
    void adapt(final Rival.Run run, final double seconds) {
        final long fitting = Math.round(run.eventsPerSecond() * seconds / 1000) * 1000;
        work = new Work(work.accounts(), Math.max(1000, Math.min(maxCommands, fitting)), work.seed());
    }

    void add(final Rival.Run run) {
        live.add(run.eventsPerSecond());
        cpuNs.add((double) run.usage().cpuNs() / run.events());
        allocatedBytes.add((double) run.usage().allocatedBytes() / run.events());
        residentBytes = Math.max(residentBytes, run.residentBytes());
    }

    void addReplay(final Rival.Run run) {
        replay.add(run.eventsPerSecond());
        residentBytes = Math.max(residentBytes, run.residentBytes());
    }

    /** The most that the process ever held of the machine's memory, mapped files included. */
    long residentBytes() {
        return residentBytes;
    }
}
