package io.millrace.faults.simulation;

import org.agrona.concurrent.EpochNanoClock;

/** The wall clock of a simulation. The history moves it while the engine has nothing to do. */
final class SimulatedClock implements EpochNanoClock {
    /** 2030-01-01T00:00Z: far from the time of any machine that this runs on. */
    static final long START_NS = 1_893_456_000_000_000_000L;

    private volatile long nowNs = START_NS;

    @Override
    public long nanoTime() {
        return nowNs;
    }

    void set(final long nanoseconds) {
        nowNs = nanoseconds;
    }
}
