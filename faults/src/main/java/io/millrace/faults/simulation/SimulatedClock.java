package io.millrace.faults.simulation;

import java.util.Random;
import java.util.concurrent.TimeUnit;
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

    /** Stands, goes on, steps back, or jumps. Returns by how much. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    long step(final Random random) {
        final long by = draw(random);
        nowNs = nowNs + by;
        return by;
    }

    private static long draw(final Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> random.nextInt(1_000_000_000);
            case 2 -> TimeUnit.SECONDS.toNanos(random.nextInt(600));
            case 3 -> -TimeUnit.SECONDS.toNanos(random.nextInt(200_000));
            case 4 ->
                random.nextInt(4) == 0
                        ? TimeUnit.DAYS.toNanos(1 + random.nextInt(3))
                        : TimeUnit.MINUTES.toNanos(1 + random.nextInt(180));
            default -> -TimeUnit.MILLISECONDS.toNanos(random.nextInt(5000));
        };
    }
}
